using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Data.Organizations.MemberImportEffect;

namespace PartnerCenter.Tests.Data.Organizations;

/// <summary>What an import does with the members that there are, on a real database.</summary>
public sealed class MemberImportTests : IAsyncLifetime, IDisposable
{
    private const string Heading = "address,name,status,guest,guest_until,role,location,role_until\n";

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _admin = null!;
    private Membership _ben = null!;
    private Actor _anna = null!;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _admin = await _database.Scenario.MemberAsync(_alpine, await PersonAsync("Anna Winter", "anna@example.com"), RoleCatalogue.GlobalAdmin);
        _ben = await _database.Scenario.MemberAsync(_alpine, await PersonAsync("Ben Keller", "ben@example.com"), RoleCatalogue.BillingAdmin);
        await _database.Scenario.MemberAsync(_alpine, await PersonAsync("Carla Moser", "carla@example.com"), RoleCatalogue.GlobalAdmin);
        await _database.QueryAsync(async db =>
        {
            var organization = await db.Organizations.Include(one => one.Locations).SingleAsync();
            organization.Locations.AddRange([new("Zurich", "Zurich", "CH"), new("Basel", "Basel", "CH"), new("Basel", "Basel", "CH")]);
            return await db.SaveChangesAsync();
        });
        _anna = new Actor("Anna Winter", _admin.Id);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Each_row_says_what_it_would_do_and_nothing_is_done()
    {
        var before = await CountAsync();

        var plan = await PreviewAsync(
            "ben@example.com,,,,,billing_admin,,",
            "ben@example.com,,,,,referrals_admin,zurich,",
            "ben@example.com,,,,,billing_admin,Zurich,",
            "new@example.com,New One,,yes,2026-12-31,owner,,2026-06-30",
            "new@example.com,,,yes,2026-12-31,developer,,",
            "gone@example.com,,Removed,,,nonsense,,");

        Assert.Equal([Nothing, Grant, Refused, Invite, Grant, Nothing], plan.Steps.Select(step => step.Effect));
        Assert.Equal([2, 3, 4, 5, 6, 7], plan.Steps.Select(step => step.Line.Number));
        Assert.False(plan.IsAllowed);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task All_of_it_is_done_in_one_change()
    {
        string[] rows =
        [
            "ben@example.com,,,,,referrals_admin,Zurich,2026-12-31",
            "new@example.com,New One,,yes,2026-12-31,owner,,2026-06-30",
            "new@example.com,,,yes,2026-12-31,developer,,",
            "other@example.com,,,,,,,",
        ];

        var plan = await CommitAsync(rows, language: "nl");

        Assert.True(plan.IsDone);
        var (ben, invited, other) = (await FindAsync("ben@example.com"), await FindAsync("new@example.com"), await FindAsync("other@example.com"));
        Assert.Equal(["billing_admin", "referrals_admin"], ben.Roles.Select(grant => grant.Role).Order());
        Assert.Equal(("Zurich", LastDay.EndOf(new DateOnly(2026, 12, 31))), ben.Roles.Where(grant => grant.Role == "referrals_admin").Select(grant => (grant.Location!.Name, grant.EndsAt!.Value)).Single());
        Assert.Equal((MembershipStatus.Invited, true, "nl", "New One"), (invited.Status, invited.IsGuest, invited.EmailLanguage, invited.Person.Name));
        Assert.Equal(LastDay.EndOf(new DateOnly(2026, 12, 31)), invited.EndsAt);
        Assert.Equal(["developer", "owner"], invited.Roles.Select(grant => grant.Role).Order());
        Assert.Equal("other@example.com", other.Person.Name);
        Assert.Equal(3, await _database.QueryAsync(db => db.Communications.CountAsync(row => row.Kind == CommunicationKind.AccountMail)));
        var log = await _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());
        Assert.Equal("Invite: 2, Grant: 2, Change: 0", log[^1].After);
        Assert.Equal(AuditAction.MembersImported, log[^1].Action);
        Assert.Null((await _database.WithAsync<ActivityLog, ActivityLogState>(activity => activity.VerifyAsync(_alpine.Id))).FirstAltered);
    }

    [Fact]
    public async Task A_file_with_one_wrong_row_does_nothing()
    {
        var before = await CountAsync();

        var plan = await CommitAsync(["new@example.com,,,,,,,", "no-address,,,,,,,"]);

        Assert.False(plan.IsDone);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_rule_that_only_shows_at_the_end_undoes_all_of_it()
    {
        await _database.Scenario.ChangeAsync(await FindAsync("carla@example.com"), member =>
        {
            member.Disable(FixedTime.Start);
            return member;
        });
        var before = await CountAsync();

        var fault = await Assert.ThrowsAsync<RuleViolationException>(() => CommitAsync(["new@example.com,,,,,,,", "anna@example.com,,,,,global_admin,,2027-12-31"]));

        Assert.Equal(Reasons.LastGlobalAdmin, fault.Reason);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("ben@example.com,,,,,nonsense,,", "Reason.UnknownRole")]
    [InlineData("ben@example.com,,,,,default_user,,", "Reason.NotYoursToGrant")]
    [InlineData("ben@example.com,,,,,referrals_admin,Geneva,", "Reason.NoSuchLocation")]
    [InlineData("ben@example.com,,,,,referrals_admin,Basel,", "Reason.NoSuchLocation")]
    [InlineData("ben@example.com,,,,,owner,Zurich,", "Reason.NotByLocation")]
    [InlineData("ben@example.com,,,,,owner,,2026-03-01", "Reason.EndDateInThePast")]
    [InlineData("ben@example.com,,,,,,Zurich,", "Reason.RowWithoutRole")]
    [InlineData("ben@example.com,,,,,,,2027-12-31", "Reason.RowWithoutRole")]
    [InlineData("ben@example.com,,,yes,,,,", "Reason.GuestStays")]
    [InlineData("ben@example.com,,,no,2027-12-31,,,", "Reason.EndOfNoGuest")]
    [InlineData("new@example.com,,,yes,2026-03-01,,,", "Reason.EndDateInThePast")]
    [InlineData("new@example.com,,,yes,,global_admin,,", "Reason.NotForGuests")]
    [InlineData("a b@example.com,,,,,,,", "Reason.AddressNotDeliverable")]
    [InlineData(",Somebody,,,,,,", "Reason.AddressNotDeliverable")]
    public async Task A_row_that_a_rule_forbids_says_which(string row, string reason)
    {
        var step = Assert.Single((await PreviewAsync(row)).Steps);

        Assert.Equal((Refused, reason), (step.Effect, step.Because?.Key));
    }

    [Fact]
    public async Task A_role_above_one_s_right_is_refused_and_so_is_one_for_oneself()
    {
        var manager = await _database.Scenario.MemberAsync(_alpine, await PersonAsync("Uma", "uma@example.com"), RoleCatalogue.UserManagementAdmin);

        var plan = await PreviewAsync(
            new Actor("Uma", manager.Id),
            "ben@example.com,,,,,global_admin,,",
            "new@example.com,,,,,owner,,",
            "uma@example.com,,,,,admin_agent,,",
            "ben@example.com,,,,,admin_agent,,",
            "anna@example.com,,,,,global_admin,,2027-12-31");

        Assert.Equal(
            ["Reason.NotYoursToGrant", "Reason.NotYoursToGrant", "Reason.NobodyRaisesThemselves", null, "Reason.NotYoursToGrant"],
            plan.Steps.Select(step => step.Because?.Key));
    }

    [Fact]
    public async Task Whoever_may_not_manage_people_is_refused()
    {
        var ben = new Actor("Ben Keller", _ben.Id);

        await Assert.ThrowsAsync<RuleViolationException>(() => PreviewAsync(ben, "new@example.com,,,,,,,"));
    }

    [Fact]
    public async Task The_same_person_and_role_twice_is_one_too_many()
    {
        var plan = await PreviewAsync(
            "new@example.com,,,,,owner,,",
            "NEW@example.com,,,,,owner,,2027-12-31",
            "new@example.com,,,yes,,developer,,",
            "other@example.com,,,,,,,",
            "other@example.com,,,,,,,");

        Assert.Equal([null, "Reason.SameAsRow", "Reason.ContradictsRow", null, "Reason.SameAsRow"], plan.Steps.Select(step => step.Because?.Key));
        Assert.Equal(2, plan.Steps[1].Because!.Arguments[0]);
    }

    [Fact]
    public async Task Another_last_day_changes_the_role_and_keeps_the_rest()
    {
        var plan = await CommitAsync(["ben@example.com,,,,,billing_admin,,2026-12-31"]);

        Assert.Equal(Change, Assert.Single(plan.Steps).Effect);
        Assert.Equal(LastDay.EndOf(new DateOnly(2026, 12, 31)), Assert.Single((await FindAsync("ben@example.com")).Roles).EndsAt);
    }

    [Fact]
    public async Task A_guest_s_last_day_can_be_moved_and_lifted()
    {
        await CommitAsync(["guest@example.com,,,yes,2026-06-30,,,"]);

        var moved = await CommitAsync(["guest@example.com,,,yes,2026-12-31,,,"]);
        Assert.Equal(Change, Assert.Single(moved.Steps).Effect);
        Assert.Equal(LastDay.EndOf(new DateOnly(2026, 12, 31)), (await FindAsync("guest@example.com")).EndsAt);

        Assert.Equal(Nothing, Assert.Single((await PreviewAsync("guest@example.com,,,,,,,")).Steps).Effect);
        await CommitAsync(["guest@example.com,,,yes,,,,"]);
        Assert.Null((await FindAsync("guest@example.com")).EndsAt);
    }

    [Fact]
    public async Task A_person_whom_another_organization_knows_keeps_their_name()
    {
        var harbor = await _database.Scenario.OrganizationAsync("harbor-apps");
        await _database.Scenario.MemberAsync(harbor, await PersonAsync("Priya Nair", "priya@example.com"));

        await CommitAsync(["priya@example.com,Somebody Else,,,,,,"]);

        var invited = await _database.QueryAsync(db => db.Memberships.Include(member => member.Person).SingleAsync(member => member.OrganizationId == _alpine.Id && member.Person.SignInAddress == "priya@example.com"));
        Assert.Equal(("Priya Nair", "priya@example.com"), (invited.Person.Name, invited.ShownName));
        Assert.Equal("priya@example.com", await _database.QueryAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.MemberInvited).Select(entry => entry.Subject).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_who_was_removed_is_invited_back()
    {
        await _database.Scenario.ChangeAsync(_ben, member =>
        {
            member.Remove(FixedTime.Start);
            return member;
        });

        var plan = await CommitAsync(["ben@example.com,,Active,,,owner,,"]);

        Assert.Equal(Invite, Assert.Single(plan.Steps).Effect);
        var ben = await FindAsync("ben@example.com");
        Assert.Equal((MembershipStatus.Invited, "owner"), (ben.Status, Assert.Single(ben.Roles).Role));
    }

    [Fact]
    public async Task What_was_looked_at_is_what_is_done_or_it_is_shown_again()
    {
        string[] rows = ["new@example.com,,,,,owner,,"];
        var looked = await PreviewAsync(rows);
        await CommitAsync(["new@example.com,,,,,,,"]);
        var before = await CountAsync();

        var plan = await CommitAsync(rows, looked.Fingerprint);

        Assert.False(plan.IsDone);
        Assert.Equal(Grant, Assert.Single(plan.Steps).Effect);
        Assert.Equal(before, await CountAsync());
        Assert.NotEqual(looked.Fingerprint, (await PreviewAsync("new@example.com,,,,,owner,,2027-12-31")).Fingerprint);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public async Task What_is_exported_has_nothing_to_do_when_it_is_imported(char delimiter)
    {
        await CommitAsync(
        [
            "'=odd@example.com,,,yes,2026-12-31,referrals_admin,Zurich,2026-06-30",
            "'=odd@example.com,,,yes,2026-12-31,referrals_admin,,",
            "pending@example.com,'=1+1,,,,owner,,",
            "nobody@example.com,,,,,,,",
        ]);
        await _database.Scenario.ChangeAsync(await FindAsync("nobody@example.com"), member =>
        {
            member.Withdraw(FixedTime.Start);
            return member;
        });
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.Owner, endsAt: FixedTime.Start.AddDays(1));
        _database.Time.Advance(TimeSpan.FromDays(400));

        var members = await _database.QueryAsync(db => db.Memberships.Include(member => member.Person).Include(member => member.Roles).ThenInclude(grant => grant.Location).AsNoTracking().ToListAsync());
        using var stream = new MemoryStream();
        await MemberCsv.WriteAsync(stream, members.SelectMany(MemberCsv.RowsOf).ToAsyncEnumerable(), delimiter);
        var lines = MemberCsv.Read(stream.ToArray()).Lines;
        var plan = await _database.WithAsync<MemberImport, MemberImportPlan>(import => import.PreviewAsync(_alpine.Id, _anna, lines));

        Assert.Equal(8, plan.Steps.Count);
        Assert.All(plan.Steps, step => Assert.Equal(Nothing, step.Effect));
        Assert.True(plan.DoesNothing);
    }

    [Fact]
    public async Task A_thousand_people_come_in_at_once()
    {
        var plan = await CommitAsync([.. Enumerable.Range(1, 1000).Select(i => $"p{i}@example.com,Person {i},,,,helpdesk_agent,,")]);

        Assert.True(plan.IsDone);
        Assert.Equal(1000, await _database.QueryAsync(db => db.Memberships.CountAsync(member => member.Status == MembershipStatus.Invited && member.Roles.Count == 1)));
    }

    private static IReadOnlyList<MemberCsvLine> Lines(params string[] rows) => MemberCsv.Read(Encoding.UTF8.GetBytes(Heading + string.Join('\n', rows))).Lines;

    private Task<Person> PersonAsync(string name, string address) => _database.Scenario.PersonAsync(name, address: address);

    private Task<MemberImportPlan> PreviewAsync(params string[] rows) => PreviewAsync(_anna, rows);

    private Task<MemberImportPlan> PreviewAsync(Actor actor, params string[] rows) =>
        _database.WithAsync<MemberImport, MemberImportPlan>(import => import.PreviewAsync(_alpine.Id, actor, Lines(rows)));

    private async Task<MemberImportPlan> CommitAsync(string[] rows, string? fingerprint = null, string language = "en")
    {
        fingerprint ??= (await PreviewAsync(rows)).Fingerprint;
        return await _database.WithAsync<MemberImport, MemberImportPlan>(import => import.CommitAsync(_alpine.Id, _anna, Lines(rows), language, fingerprint));
    }

    private Task<Membership> FindAsync(string address) => _database.QueryAsync(db => db.Memberships
        .Include(member => member.Person)
        .Include(member => member.Roles).ThenInclude(grant => grant.Location)
        .SingleAsync(member => member.Person.SignInAddress == address && member.OrganizationId == _alpine.Id));

    private Task<(int, int, int, int, int)> CountAsync() => _database.QueryAsync(async db => (
        await db.People.CountAsync(),
        await db.Memberships.CountAsync(),
        await db.Set<RoleAssignment>().CountAsync(),
        await db.Communications.CountAsync(),
        await db.AuditEntries.CountAsync()));
}
