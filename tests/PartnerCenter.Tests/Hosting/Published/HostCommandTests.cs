using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Hosting.Published;

[Trait("Category", "Process")]
public sealed class HostCommandTests : IDisposable
{
    private static readonly string[] CreateAlpine =
        ["create-organization", "--key", "alpine-cloud", "--name", "Alpine Cloud", "--admin-name", "Anna Berg", "--admin-email", "anna@alpine.example"];

    private const string Tenant = "11111111-2222-4333-8444-555555555555";

    private readonly PortalHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("migrate")]
    [InlineData("create-organization", "--key", "--name", "--admin-name", "--admin-email")]
    [InlineData("enroll", "--organization", "--program", "partner-network", "co-sell")]
    [InlineData("create-operator", "--name", "--email")]
    [InlineData("create-api-key", "--name", "--for", "--organizations", "--workspaces", "--kinds", "--days")]
    [InlineData("recover-organization", "--organization", "--name", "--email")]
    [InlineData("import-preferences", "<file>", "--dry-run")]
    [InlineData("verify-activity-log", "--organization")]
    [InlineData("trust-tenant", "--tenant", "--organization", "--admit-strangers", "--admit-guests", "--no-longer", "--any-account")]
    [InlineData("sign-in-link", "--email", "--again")]
    public async Task A_command_tells_what_it_takes_and_does_nothing(string command, params string[] options)
    {
        var ended = await _host.RunAsync(command, "--help");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.All(options, option => Assert.Contains(option, ended.Output, StringComparison.Ordinal));
        Assert.False(File.Exists(_host.DatabaseFile));
    }

    [Fact]
    public async Task Migrations_that_run_at_the_same_time_all_succeed_and_leave_one_key()
    {
        var ended = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _host.RunAsync("migrate")));

        Assert.All(ended, migration => Assert.True(migration.ExitCode == 0, migration.Errors));
        var key = await _host.InDatabaseAsync(db => db.DataProtectionKeys.SingleAsync());
        Assert.Contains("<EncryptedData", key.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_executable_names_its_commands()
    {
        var ended = await _host.RunAsync("--help");

        Assert.Equal(0, ended.ExitCode);
        Assert.All(
            ["migrate", "create-organization", "enroll", "create-operator", "create-api-key", "recover-organization", "import-preferences", "verify-activity-log", "trust-tenant", "sign-in-link"],
            command => Assert.Contains(command, ended.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("migrat")]
    [InlineData("migrate", "--force")]
    [InlineData("create-organization")]
    [InlineData("create-organization", "--key", "alpine-cloud")]
    [InlineData("enroll", "--organization", "alpine-cloud", "--program", "golf")]
    [InlineData("create-operator", "--name", "Olga Visser")]
    [InlineData("create-api-key", "--name", "ERP")]
    [InlineData("create-api-key", "--name", "Relay", "--for", "golf")]
    [InlineData("create-api-key", "--name", "Relay", "--for", "mail-events", "--kinds", "all")]
    [InlineData("recover-organization", "--organization", "alpine-cloud")]
    [InlineData("import-preferences")]
    [InlineData("verify-activity-log", "--organization")]
    [InlineData("trust-tenant", "--tenant", "contoso.example")]
    [InlineData("sign-in-link")]
    [InlineData("create-api-key", "--name", "ERP", "--organizations", "all", "--workspaces", "all", "--kinds", "all", "--days", "0")]
    [InlineData("create-api-key", "--name", "ERP", "--organizations", "all", "--workspaces", "all", "--kinds", "all", "--days", "soon")]
    public async Task Wrong_usage_ends_with_2_and_points_to_the_help(params string[] arguments)
    {
        var ended = await _host.RunAsync(arguments);

        Assert.Equal(2, ended.ExitCode);
        Assert.EndsWith("Add --help to see what the command takes.", ended.Errors.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.DatabaseFile));
    }

    [Theory]
    [InlineData("There is no organization 'nobody'.", "enroll", "--organization", "nobody", "--program", "reseller")]
    [InlineData("There is an organization 'alpine-cloud' already.", "create-organization", "--key", "alpine-cloud", "--name", "Another", "--admin-name", "Bas", "--admin-email", "bas@alpine.example")]
    [InlineData("'Alpine Cloud' cannot stand in an address: use 2 to 64 lower-case letters, digits and hyphens, starting with a letter.", "create-organization", "--key", "Alpine Cloud", "--name", "Another", "--admin-name", "Bas", "--admin-email", "bas@alpine.example")]
    [InlineData("'olga' is no mail address that mail can be sent to.", "create-operator", "--name", "Olga", "--email", "olga")]
    [InlineData("There is no organization 'nobody'.", "create-api-key", "--name", "ERP", "--organizations", "nobody", "--workspaces", "all", "--kinds", "all")]
    [InlineData("There is no workspace 'golf'.", "create-api-key", "--name", "ERP", "--organizations", "all", "--workspaces", "golf", "--kinds", "all")]
    [InlineData("There is no organization 'nobody'.", "recover-organization", "--organization", "nobody", "--name", "Bas", "--email", "bas@alpine.example")]
    [InlineData("'bas' is no mail address that mail can be sent to.", "recover-organization", "--organization", "alpine-cloud", "--name", "Bas", "--email", "bas")]
    [InlineData("'alpine-cloud' has an active Global admin, who can add another one on the page User management.", "recover-organization", "--organization", "alpine-cloud", "--name", "Bas", "--email", "bas@alpine.example")]
    [InlineData("There is no file 'nothing.csv'.", "import-preferences", "nothing.csv")]
    [InlineData("There is no organization 'nobody'.", "verify-activity-log", "--organization", "nobody")]
    [InlineData("There is no organization 'nobody'.", "trust-tenant", "--tenant", Tenant, "--organization", "nobody")]
    [InlineData("--admit-strangers needs --organization: of no organization nobody can become a member.", "trust-tenant", "--tenant", Tenant, "--admit-strangers")]
    [InlineData("The tenant " + Tenant + " is not trusted.", "trust-tenant", "--tenant", Tenant, "--no-longer")]
    [InlineData("Nobody signs in as 'nobody@alpine.example'.", "sign-in-link", "--email", "nobody@alpine.example")]
    [InlineData("There is no kind 'nice'.", "create-api-key", "--name", "ERP", "--organizations", "all", "--workspaces", "all", "--kinds", "nice")]
    public async Task What_cannot_be_done_ends_with_1_and_one_sentence_and_changes_nothing(string sentence, params string[] arguments)
    {
        await _host.MigrateAsync();
        Assert.Equal(0, (await _host.RunAsync(CreateAlpine)).ExitCode);

        var ended = await _host.RunAsync(arguments);

        Assert.Equal((1, sentence, ""), (ended.ExitCode, ended.Errors.Trim(), ended.Output));
        Assert.Equal((1, 1, 0), await _host.InDatabaseAsync(async db =>
            (await db.Organizations.CountAsync(), await db.People.CountAsync(), await db.ApiKeys.CountAsync())));
    }

    [Fact]
    public async Task A_command_before_the_first_migration_says_what_to_do()
    {
        var ended = await _host.RunAsync(CreateAlpine);

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("migrate", Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_is_known_already_stays_one_person()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);

        var ended = await _host.RunAsync("create-operator", "--name", "Anna B.", "--email", "ANNA@alpine.example");

        Assert.Equal(0, ended.ExitCode);
        var person = await _host.InDatabaseAsync(db => db.People.SingleAsync());
        Assert.Equal(("Anna Berg", true), (person.Name, person.IsOperator));
    }

    [Fact]
    public async Task Enrolling_twice_changes_nothing()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        string[] enroll = ["enroll", "--organization", "alpine-cloud", "--program", "reseller"];
        await _host.RunAsync(enroll);

        var ended = await _host.RunAsync(enroll);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(1, await _host.InDatabaseAsync(db => db.Organizations.Select(organization => organization.Enrollments.Count).SingleAsync()));
    }

    [Fact]
    public async Task Enrolling_is_in_the_activity_log_and_the_log_can_be_verified()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        var empty = await _host.RunAsync("verify-activity-log");
        await _host.RunAsync("enroll", "--organization", "alpine-cloud", "--program", "reseller", "co-sell");

        var intact = await _host.RunAsync("verify-activity-log", "--organization", "alpine-cloud");
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE AuditEntries SET Topic = 'marketplace' WHERE Number = 2"));
        var altered = await _host.RunAsync("verify-activity-log");

        Assert.Equal((0, "The activity log of 'alpine-cloud' is empty, as it should be."), (empty.ExitCode, empty.Output.Trim()));
        Assert.Equal((0, ""), (intact.ExitCode, intact.Errors));
        var head = await _host.InDatabaseAsync(db => db.Organizations.Select(organization => organization.AuditHead).SingleAsync());
        Assert.Equal($"The activity log of 'alpine-cloud' is as it was written: 2 entries, the last with the hash {head}.", intact.Output.Trim());
        Assert.Equal(
            (1, "The activity log of 'alpine-cloud' was altered: entry 2 is not as it was written, or is missing."),
            (altered.ExitCode, altered.Errors.Trim()));
        Assert.Equal(["Host command"], await _host.InDatabaseAsync(db => db.AuditEntries.Select(entry => entry.Actor).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task Preferences_of_an_old_system_are_tried_first_and_then_taken_over_with_a_word_about_each_row_that_is_not()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        var file = Path.Combine(_host.Folder, "preferences.csv");
        await File.WriteAllTextAsync(file, """
            organization,address,preference,workspace,value,decided_at
            alpine-cloud,anna@alpine.example,promotional-notification,all,no,2025-11-02
            alpine-cloud,nobody@alpine.example,email-language,,nl,2025-11-02
            """);

        var tried = await _host.RunAsync("import-preferences", file, "--dry-run");
        var before = await _host.InDatabaseAsync(db => db.OptOuts.CountAsync());
        var imported = await _host.RunAsync("import-preferences", file);
        await File.AppendAllTextAsync(file, "\nalpine-cloud,anna@alpine.example,mandatory-action,all,no,2025-11-02");
        var refused = await _host.RunAsync("import-preferences", file);

        const string Report = """
            Row 3 (nobody@alpine.example): The organization has no such member.
            Changed: 1. As it was: 0. Decided later: 0. Nobody there: 1. Wrong: 0.
            """;
        Assert.Equal((0, $"{Report}\nThis was a dry run: nothing was changed.", ""), (tried.ExitCode, tried.Output.Trim(), tried.Errors));
        Assert.Equal((0, $"{Report}\nImported.", ""), (imported.ExitCode, imported.Output.Trim(), imported.Errors));
        Assert.Equal((0, 1), (before, await _host.InDatabaseAsync(db => db.OptOuts.CountAsync())));
        Assert.Equal((1, "Nothing was imported: correct the rows that are wrong."), (refused.ExitCode, refused.Errors.Trim()));
        Assert.Contains("Row 4 (anna@alpine.example): This email is required and can't be turned off.", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_without_a_global_admin_gets_a_new_one()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM RoleAssignments"));
        string[] recover = ["recover-organization", "--organization", "alpine-cloud", "--name", "Bas Berg", "--email", "bas@alpine.example"];

        var ended = await _host.RunAsync(recover);
        var again = await _host.RunAsync(recover);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal("bas@alpine.example is Global admin of 'alpine-cloud'. The activity log of the organization says so.", ended.Output.Trim());
        Assert.Equal(1, again.ExitCode);
        Assert.Equal("Bas Berg", await _host.InDatabaseAsync(db => db.Memberships
            .Where(membership => membership.Roles.Any(grant => grant.Role == "global_admin"))
            .Select(membership => membership.Person.Name)
            .SingleAsync()));
    }

    [Fact]
    public async Task Whoever_a_command_adds_gets_a_link_that_the_portal_opens_where_there_is_an_identity_provider()
    {
        await _host.MigrateAsync();
        _host.Settings["SignIn__LocalAccounts"] = "false";
        Assert.DoesNotContain("/join/", (await _host.RunAsync(CreateAlpine)).Output, StringComparison.Ordinal);
        _host.Settings["SignIn__Providers__house__Authority"] = "https://id.example.com";
        _host.Settings["SignIn__Providers__house__ClientId"] = "partner-portal";
        var added = await _host.RunAsync("create-operator", "--name", "Olga Visser", "--email", "olga@program.example");
        var asked = await _host.RunAsync("sign-in-link", "--email", "ANNA@alpine.example");

        var links = new[] { added, asked }.Select(ended => new Uri(ended.Output.Trim().Split('\n')[^1])).ToList();

        Assert.Equal(2, links.Select(link => link.AbsolutePath).Distinct().Count());
        await using var portal = await _host.StartAsync();
        await portal.RunsAsync();
        using var browser = new HttpClient();
        foreach (var link in links)
            Assert.Contains("Connect your account", await browser.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_made_anew_only_if_that_is_said_and_forgets_what_was_connected()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        await _host.InDatabaseAsync(async db =>
        {
            var anna = await db.People.SingleAsync();
            db.Add(new ExternalIdentity("https://id.example.com", "anna", anna, DateTime.UtcNow));
            db.Add(new SignInSession("an id", anna, DateTime.UtcNow));
            var local = new LocalAccount(anna, "hash", DateTime.UtcNow);
            local.Prepare("sealed");
            local.TurnOnTwoStep(1, RecoveryCodeSet.Create(), DateTime.UtcNow);
            db.Add(local);
            return await db.SaveChangesAsync();
        });

        var refused = await _host.RunAsync("sign-in-link", "--email", "anna@alpine.example");
        var made = await _host.RunAsync("sign-in-link", "--email", "anna@alpine.example", "--again");

        Assert.Equal((1, "'anna@alpine.example' has an account to sign in with. With --again it is forgotten."), (refused.ExitCode, refused.Errors.Trim()));
        Assert.Equal(0, made.ExitCode);
        Assert.Equal((0, 0, 0), await _host.InDatabaseAsync(async db => (await db.ExternalIdentities.CountAsync(), await db.LocalAccounts.CountAsync(), await db.Sessions.CountAsync())));
    }

    [Fact]
    public async Task A_tenant_is_trusted_changed_and_ended_with_its_sessions()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        Assert.Equal(0, (await _host.RunAsync("trust-tenant", "--tenant", Tenant, "--organization", "alpine-cloud")).ExitCode);
        Assert.Equal(0, (await _host.RunAsync("trust-tenant", "--tenant", Tenant, "--organization", "alpine-cloud", "--admit-strangers", "--admit-guests")).ExitCode);
        await _host.InDatabaseAsync(async db =>
        {
            var anna = await db.People.SingleAsync();
            db.Add(new SignInSession("from there", anna, DateTime.UtcNow, new ProviderProof("entra", Tenant, null, null, null)));
            db.Add(new SignInSession("from elsewhere", anna, DateTime.UtcNow, new ProviderProof("entra", Tenant.Replace('1', '2'), null, null, null)));
            return await db.SaveChangesAsync();
        });
        var trusted = await _host.InDatabaseAsync(db => db.TrustedTenants.Include(tenant => tenant.Organization).SingleAsync());
        Assert.Equal(("alpine-cloud", true, true), (trusted.Organization!.Key, trusted.AdmitsStrangers, trusted.AdmitsGuests));
        Assert.Equal(1, (await _host.RunAsync("trust-tenant", "--tenant", Tenant)).ExitCode);
        Assert.Equal(0, (await _host.RunAsync("trust-tenant", "--tenant", Tenant, "--organization", "alpine-cloud", "--admit-guests", "false")).ExitCode);
        Assert.Equal((true, false), await _host.InDatabaseAsync(async db => await db.TrustedTenants.SingleAsync() is var now ? (now.AdmitsStrangers, now.AdmitsGuests) : default));

        Assert.Equal(0, (await _host.RunAsync("trust-tenant", "--tenant", Tenant, "--no-longer")).ExitCode);

        Assert.Equal((0, 1), await _host.InDatabaseAsync(async db => (await db.TrustedTenants.CountAsync(), await db.Sessions.CountAsync())));
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing_and_a_restored_backup_is_taken_as_it_is()
    {
        await _host.MigrateAsync();
        await _host.RunAsync(CreateAlpine);
        await RestoreFromBackupAsync();

        var ended = await _host.RunAsync("migrate");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal(1, await _host.InDatabaseAsync(db => db.Organizations.CountAsync()));
    }

    // A backup is a plain file: it is not in the mode that the portal writes in.
    private async Task RestoreFromBackupAsync()
    {
        var backup = Path.Combine(_host.Folder, "backup.db");
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("VACUUM INTO {0}", backup));
        File.Move(backup, _host.DatabaseFile, overwrite: true);
        await using var connection = new SqliteConnection($"Data Source={_host.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("delete", await command.ExecuteScalarAsync());
    }
}
