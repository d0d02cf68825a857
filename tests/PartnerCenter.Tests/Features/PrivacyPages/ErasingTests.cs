using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using Log = PartnerCenter.Data.Organizations.ActivityLog;

namespace PartnerCenter.Tests.Features.PrivacyPages;

public sealed class ErasingTests : IAsyncLifetime, IDisposable
{
    private readonly PortalApp _app = new();
    private Visitor _operator = null!;

    public async Task InitializeAsync() => _operator = await _app.SignInAsync("operator");

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Afterwards_no_column_of_no_table_tells_who_it_was_and_the_logs_are_as_they_should_be()
    {
        var mila = await MilasStory.TellAsync(_app);
        Assert.NotEmpty(await TellingAsync());
        var mailsBefore = await _app.InDatabaseAsync(db => db.OutboxMails.CountAsync());

        await EraseAsync(mila.PersonId);

        Assert.Empty(await TellingAsync());
        Assert.Equal(mailsBefore, await _app.InDatabaseAsync(db => db.OutboxMails.CountAsync()));
        foreach (var state in await VerifyAsync())
            Assert.Null(state.FirstAltered);
        var person = await _app.InDatabaseAsync(db => db.People.AsNoTracking().SingleAsync(row => row.Id == mila.PersonId));
        Assert.Equal(($"Erased person {mila.PersonId}", $"erased-{mila.PersonId}@erased.invalid", true), (person.Name, person.SignInAddress, person.IsDisabled));
        Assert.Equal(0, await _app.InDatabaseAsync(db => db.Sessions.CountAsync(session => session.PersonId == mila.PersonId)));
        Assert.All(await _app.InDatabaseAsync(db => db.Memberships.AsNoTracking().Include(row => row.Roles).Include(row => row.OptOuts).Where(row => row.PersonId == mila.PersonId).ToListAsync()), member =>
        {
            Assert.Equal((MembershipStatus.Removed, null, null), (member.Status, member.ContactAddress, member.JobTitle));
            Assert.Empty(member.Roles);
            Assert.Empty(member.OptOuts);
        });
        Assert.Equal(2, await _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.PersonErased)));
    }

    [Fact]
    public async Task Afterwards_every_page_that_showed_the_person_works_and_names_a_number()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);
        var anna = await _app.SignInAsync("global-admin");
        var member = await _app.InDatabaseAsync(db => db.Memberships.Where(row => row.PersonId == mila.PersonId && row.Organization.Key == "alpine-cloud").Select(row => row.Id).SingleAsync());
        var ids = await _app.InDatabaseAsync(db => db.Communications.OrderByDescending(row => row.Id).Select(row => row.Id).Take(12).ToListAsync());
        var request = await _app.InDatabaseAsync(db => db.SupportRequests.OrderByDescending(row => row.Id).Select(row => row.Id).FirstAsync());
        var review = await _app.InDatabaseAsync(db => db.AccessReviews.Select(row => row.Id).FirstAsync());

        const string Settings = "/o/alpine-cloud/account-settings";
        string[] pages =
        [
            "/o/alpine-cloud", "/o/alpine-cloud/action-center", "/o/alpine-cloud/action-center?view=completed", "/o/alpine-cloud/action-center/coverage", "/o/alpine-cloud/sent-mail",
            $"{Settings}/users", $"{Settings}/users?status=removed", $"{Settings}/users/{member}", $"{Settings}/activity-log", $"{Settings}/access-requests", $"{Settings}/access-reviews", $"{Settings}/access-reviews/{review}",
            "/o/alpine-cloud/help-support/requests", $"/o/alpine-cloud/help-support/requests/{request}",
        ];
        foreach (var page in pages)
        {
            var opened = await anna.OpenAsync(page);
            Assert.True(opened.Status == HttpStatusCode.OK, $"{page} answered {opened.Status}");
            Assert.Null(MilasStory.CallingIn(opened.Html));
        }

        foreach (var id in ids)
        {
            foreach (var (visitor, address) in new[] { (anna, $"/o/alpine-cloud/action-center/{id}"), (_operator, $"/operator/communications/{id}"), (_operator, $"/operator/communications/{id}/delivery") })
                Assert.Null(MilasStory.CallingIn((await visitor.OpenAsync(address)).Html));
        }

        Assert.Contains($"Erased person {mila.PersonId}", (await anna.OpenAsync($"{Settings}/activity-log")).Text, StringComparison.Ordinal);
        Assert.Equal("This person was erased: nothing here tells any more who it was.", (await _operator.OpenAsync($"/operator/people/{mila.PersonId}")).TextOf("main .notice"));
        Assert.Equal(HttpStatusCode.Found, (await mila.Browser.GetAsync("/my-profile")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _operator.OpenAsync($"/operator/people/{mila.PersonId}/erase")).Status);
    }

    [Fact]
    public async Task A_mail_that_waits_is_not_sent_and_the_person_is_not_brought_back()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);
        var mails = Directory.EnumerateFiles(_app.MailFolder).Count(file => File.ReadAllText(file).Contains("Waits", StringComparison.Ordinal) && File.ReadAllText(file).Contains(MilasStory.Contact, StringComparison.Ordinal));

        await _app.SendMailsAsync();

        Assert.Equal(0, mails);
        Assert.Equal(0, await _app.InDatabaseAsync(db => db.OutboxMails.CountAsync(mail => db.Memberships.Any(member => member.Id == mail.MembershipId && member.PersonId == mila.PersonId) && mail.State == MailState.Queued)));
        var member = await _app.InDatabaseAsync(db => db.Memberships.AsNoTracking().Include(row => row.Person).FirstAsync(row => row.PersonId == mila.PersonId));
        Assert.False(member.MayRestoreAt(_app.Clock.Now).IsAllowed);
    }

    [Fact]
    public async Task Neither_an_account_nor_a_link_of_before_leads_to_the_row_that_is_left()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);

        Assert.False(await _app.InDatabaseAsync(db => db.ExternalIdentities.AnyAsync(identity => identity.PersonId == mila.PersonId)));
        Assert.Null(await _app.InDatabaseAsync(db => db.FindJoiningAsync(new JoinLink(mila.PersonId, null, _app.Clock.Now + JoinLink.Longest), _app.Clock.Now)));
    }

    [Fact]
    public async Task Who_has_not_just_signed_in_does_so_first_and_comes_back_to_the_page()
    {
        var ben = await PersonAsync("billing-admin@demo.example");
        var erase = $"/operator/people/{ben}/erase";
        Assert.False((await _operator.OpenAsync(erase)).Has("main .notice"));
        _app.Clock.Advance(FreshSignInTable.Lasts);
        var page = await _operator.OpenAsync(erase);
        var again = $"/sign-in/again?step=ErasePerson&returnUrl={Uri.EscapeDataString(erase)}";

        Assert.Equal(again, page.Find("main .notice a").GetAttribute("href"));
        Assert.Equal(again, (await _operator.PressAsync(page.ButtonOf(erase))).LocationOf());
        Assert.Contains("Erasing somebody needs a sign-in of the last 15 minutes.", (await _operator.OpenAsync(again)).Text, StringComparison.Ordinal);
        Assert.Equal("billing-admin@demo.example", await _app.InDatabaseAsync(db => db.People.Where(person => person.Id == ben).Select(person => person.SignInAddress).SingleAsync()));

        // Whatever page forgets to ask.
        await using var scope = _app.Services.CreateAsyncScope();
        var erasure = scope.ServiceProvider.GetRequiredService<Erasure>();
        await Assert.ThrowsAsync<RuleViolationException>(() => erasure.EraseAsync(ben, new Actor("Olivia Stone") { HasFreshSignIn = false }));
    }

    [Fact]
    public async Task Nobody_is_erased_who_is_the_last_that_can_administer_an_organization()
    {
        var omar = await PersonAsync("publisher@demo.example");
        var page = await _operator.OpenAsync($"/operator/people/{omar}/erase");

        var answer = await _operator.ReadAsync(await _operator.PressAsync(page.ButtonOf($"/operator/people/{omar}/erase")));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("The organization needs a Global admin", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Omar Haddad", await _app.InDatabaseAsync(db => db.People.Where(person => person.Id == omar).Select(person => person.Name).SingleAsync()));
        Assert.NotEqual(HttpStatusCode.Found, (await (await _app.SignInAsync("publisher")).GetAsync("/my-profile")).StatusCode);
    }

    [Fact]
    public async Task Operators_do_not_erase_themselves_and_nobody_else_erases_anybody()
    {
        var olivia = await PersonAsync("operator@demo.example");
        await _operator.OpenAsync("/operator/people");
        Assert.Equal(HttpStatusCode.Conflict, (await _operator.ForgeAsync($"/operator/people/{olivia}/erase")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _operator.ForgeAsync("/operator/people/4711/erase")).StatusCode);

        var anna = await _app.SignInAsync("global-admin");
        await anna.OpenAsync("/my-profile");
        foreach (var address in new[] { "/operator/people", $"/operator/people/{olivia}", $"/operator/people/{olivia}/erase" })
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.GetAsync(address)).StatusCode);
        foreach (var verb in new[] { "data", "erase" })
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.ForgeAsync($"/operator/people/{olivia}/{verb}")).StatusCode);
    }

    [Fact]
    public async Task What_took_the_place_of_a_name_cannot_be_altered_unnoticed()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);
        string[] alterations =
        [
            "UPDATE AuditEntries SET Actor = 'Somebody else' WHERE IsErased = 1",
            "UPDATE AuditEntries SET After = 'Something else' WHERE IsErased = 1",
            "UPDATE AuditEntries SET IsErased = 0 WHERE IsErased = 1",
            "UPDATE AuditEntries SET IsErased = 1, Actor = 'Nobody' WHERE Number = 1",
            "UPDATE AuditEntries SET After = 'x' WHERE Action = 'PersonErased'",
            "DELETE FROM AuditEntries WHERE Action = 'PersonErased'",
        ];

        foreach (var sql in alterations)
        {
            await _app.InDatabaseAsync(async db =>
            {
                Assert.DoesNotContain(await VerifyAsync(db), state => state.FirstAltered is not null);
                await using var undone = await db.Database.BeginTransactionAsync();
                await db.Database.ExecuteSqlRawAsync(sql);
                Assert.True((await VerifyAsync(db)).Exists(state => state.FirstAltered is not null), sql);
                return true;
            });
        }
    }

    [Fact]
    public async Task Two_who_are_erased_one_after_the_other_leave_a_log_that_holds()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        _operator = await _app.SignInAsync("operator");

        await EraseAsync(await PersonAsync("billing-admin@demo.example"));

        Assert.DoesNotContain(await VerifyAsync(), state => state.FirstAltered is not null);
    }

    [Fact]
    public async Task Who_had_turned_mail_off_and_comes_back_does_not_get_it_again()
    {
        var mila = await MilasStory.TellAsync(_app);
        await EraseAsync(mila.PersonId);
        var alpine = await _app.InDatabaseAsync(db => db.Organizations.Where(row => row.Key == "alpine-cloud").Select(row => row.Id).SingleAsync());
        foreach (var address in new[] { MilasStory.SignIn, "somebody.new@home.example" })
        {
            await using var scope = _app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MemberChanges>().InviteAsync(alpine, Actor.Host, new Invitation(address, null, "en", AsGuest: false, null, []));
        }

        Assert.Equal([true, false], await WantAsync(MilasStory.SignIn, "somebody.new@home.example"));
    }

    [Fact]
    public async Task A_namesake_elsewhere_keeps_the_name()
    {
        var mila = await MilasStory.TellAsync(_app);
        var harbor = await _app.InDatabaseAsync(async db =>
        {
            var namesake = new Person(MilasStory.Name, "another@harbor.example");
            var member = new Membership(await db.Organizations.SingleAsync(row => row.Key == "harbor-apps"), namesake, _app.Clock.Now);
            member.Grant(RoleCatalogue.Marketer, MilasStory.Name, _app.Clock.Now);
            db.Add(member);
            await db.SaveChangesAsync();
            return member.Id;
        });

        await EraseAsync(mila.PersonId);

        var left = await _app.InDatabaseAsync(db => db.Memberships.AsNoTracking().Include(row => row.Person).Include(row => row.Roles).SingleAsync(row => row.Id == harbor));
        Assert.Equal((MilasStory.Name, MilasStory.Name), (left.Person.Name, left.Roles.Single().GrantedBy));
    }

    private async Task EraseAsync(int person)
    {
        var page = await _operator.OpenAsync($"/operator/people/{person}/erase");
        var answer = await _operator.PressAsync(page.ButtonOf($"/operator/people/{person}/erase"));
        Assert.Equal("The person was erased.", (await _operator.FollowAsync(answer)).TextOf("[role=status]"));
    }

    private Task<int> PersonAsync(string address) => _app.InDatabaseAsync(db => db.People.Where(person => person.SignInAddress == address).Select(person => person.Id).SingleAsync());

    private async Task<List<bool>> WantAsync(params string[] addresses)
    {
        var off = new List<bool>();
        foreach (var address in addresses)
            off.Add(await _app.InDatabaseAsync(db => db.OptOuts.AnyAsync(optOut => db.Memberships.Any(member => member.Id == optOut.MembershipId && member.Person.SignInAddress == address))));
        return off;
    }

    private Task<List<ActivityLogState>> VerifyAsync() => _app.InDatabaseAsync(VerifyAsync);

    private static async Task<List<ActivityLogState>> VerifyAsync(PartnerCenterDb db)
    {
        var states = new List<ActivityLogState>();
        foreach (var organization in await db.Organizations.Select(row => row.Id).ToListAsync())
            states.Add(await new Log(db).VerifyAsync(organization));
        return states;
    }

    // Through the schema and not the model: a table that the model does not know would be searched as well.
    private Task<List<string>> TellingAsync() => _app.InDatabaseAsync(async db =>
    {
        var telling = new List<string>();
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        foreach (var table in await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (var column in await ReadAsync(connection, $"SELECT name FROM pragma_table_info('{table}')"))
            {
                foreach (var text in await ReadAsync(connection, $"SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"))
                {
                    if (MilasStory.CallingIn(text) is { } calling)
                        telling.Add($"{table}.{column}: {calling}");
                }
            }
        }

        return telling.Distinct().ToList();
    });

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }
}
