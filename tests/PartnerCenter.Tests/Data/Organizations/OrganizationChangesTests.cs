using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Organizations;

/// <summary>The safety rules on a real file: the last Global admin, who may do what at that very moment, and the log of it all.</summary>
public sealed class OrganizationChangesTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _anna = null!;
    private Membership _ben = null!;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _anna = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Anna Winter"), GlobalAdmin);
        _ben = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Ben Keller"), UserManagementAdmin, BillingAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    public static TheoryData<string> WaysToLoseTheLastAdmin => ["demote", "end", "disable", "remove", "leave", "bulk"];

    [Theory]
    [MemberData(nameof(WaysToLoseTheLastAdmin))]
    public async Task The_last_global_admin_stays_whichever_way_is_tried(string way)
    {
        var actor = By(_anna);
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => way switch
        {
            "demote" => Roles(roles => roles.SetAsync(_alpine.Id, actor, _anna.Id, [new(BillingAdmin)])),
            "end" => Roles(roles => roles.SetAsync(_alpine.Id, actor, _anna.Id, [new(GlobalAdmin, EndsAt: FixedTime.Start.AddYears(1))])),
            "disable" => Members(members => members.DisableAsync(_alpine.Id, actor, _anna.Id)),
            "remove" => Members(members => members.RemoveAsync(_alpine.Id, actor, _anna.Id)),
            "leave" => Members(async members =>
            {
                await members.LeaveAsync(_alpine.Id, actor);
                return true;
            }),
            _ => Roles(roles => roles.RevokeAsync(_alpine.Id, actor, _anna.Id, [GlobalAdmin])),
        });

        Assert.Equal("Reason.LastGlobalAdmin", refusal.Reason.Key);
        Assert.True((await LoadAsync(_anna)).IsLastingGlobalAdmin);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task With_a_second_one_the_first_may_go()
    {
        await Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), _ben.Id, [new(GlobalAdmin)]));

        await Members(members => members.RemoveAsync(_alpine.Id, By(_ben), _anna.Id));

        Assert.Equal(MembershipStatus.Removed, (await LoadAsync(_anna)).Status);
    }

    [Fact]
    public async Task A_lone_global_admin_is_advised_to_have_a_second_until_there_is_one()
    {
        await Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), _ben.Id, [new(GlobalAdmin)]));
        Assert.Empty(await AdviceAsync());

        await Roles(roles => roles.RevokeAsync(_alpine.Id, By(_anna), _ben.Id, [GlobalAdmin]));
        await Members(members => members.DisableAsync(_alpine.Id, By(_anna), _ben.Id));
        Assert.Equal("Add a second Global admin", Assert.Single(await AdviceAsync()));

        await Members(members => members.EnableAsync(_alpine.Id, By(_anna), _ben.Id));
        await Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), _ben.Id, [new(GlobalAdmin)]));
        Assert.Empty(await AdviceAsync());
    }

    [Fact]
    public async Task Who_lost_the_right_since_the_page_was_opened_changes_nothing()
    {
        await _database.Scenario.RevokeAsync(_ben, UserManagementAdmin);

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => Members(members => members.DisableAsync(_alpine.Id, By(_ben), _anna.Id)));

        Assert.Equal("Reason.NotYoursAnyMore", refusal.Reason.Key);
    }

    [Fact]
    public async Task Who_was_blocked_since_changes_nothing_either()
    {
        await Members(members => members.DisableAsync(_alpine.Id, By(_anna), _ben.Id));

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() =>
            Members(members => members.InviteAsync(_alpine.Id, By(_ben), new Invitation("new@example.com", "New", "en", AsGuest: false, GuestEndsAt: null, []))));

        Assert.Equal("Reason.NotYoursAnyMore", refusal.Reason.Key);
    }

    [Fact]
    public async Task A_user_management_admin_neither_makes_nor_keeps_out_a_global_admin()
    {
        var grant = await Assert.ThrowsAsync<RuleViolationException>(() => Roles(roles => roles.GrantAsync(_alpine.Id, By(_ben), _ben.Id, [new(GlobalAdmin)])));
        var block = await Assert.ThrowsAsync<RuleViolationException>(() => Members(members => members.DisableAsync(_alpine.Id, By(_ben), _anna.Id)));

        Assert.Equal(("Reason.NotYoursToGrant", "Reason.NotYoursToRevoke"), (grant.Reason.Key, block.Reason.Key));
    }

    [Fact]
    public async Task A_page_that_shows_old_roles_saves_nothing()
    {
        var seen = (await LoadAsync(_ben)).Roles.Select(grant => grant.Id).ToList();
        await Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), _ben.Id, [new(Developer)]));

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => Roles(roles => roles.SetAsync(_alpine.Id, By(_anna), _ben.Id, [new(BillingAdmin)], seen)));

        Assert.Equal("Reason.ChangedMeanwhile", refusal.Reason.Key);
        Assert.Equal(3, (await LoadAsync(_ben)).Roles.Count);
    }

    [Fact]
    public async Task Each_change_stands_in_the_log_with_who_whom_what_and_from_where()
    {
        await Roles(roles => roles.SetAsync(_alpine.Id, new Actor("Anna Winter", _anna.Id, "203.0.113.7"), _ben.Id, [new(BillingAdmin), new(Developer)]));

        Assert.Collection(
            await EntriesAsync(),
            lost => Assert.Equal((1, AuditAction.RoleRevoked, "user_management_admin", "*", null), (lost.Number, lost.Action, lost.Topic, lost.Before, lost.After)),
            gained =>
            {
                Assert.Equal((2, AuditAction.RoleGranted, "developer", null, "*"), (gained.Number, gained.Action, gained.Topic, gained.Before, gained.After));
                Assert.Equal(("Anna Winter", _anna.Id, "203.0.113.7"), (gained.Actor, gained.ActorMembershipId, gained.From));
                Assert.Equal(("Ben Keller", _ben.Id), (gained.Subject, gained.SubjectMembershipId));
            });
        Assert.Null((await _database.WithAsync<ActivityLog, ActivityLogState>(log => log.VerifyAsync(_alpine.Id))).FirstAltered);
    }

    [Fact]
    public async Task The_member_is_told_by_account_mail_which_the_portal_does_not_show()
    {
        await Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), _ben.Id, [new(Developer)]));

        var told = await _database.QueryAsync(db => db.Communications.Include(row => row.Contents).Include(row => row.Targets).SingleAsync());
        Assert.Equal(CommunicationKind.AccountMail, told.Kind);
        Assert.Equal(_ben.Id, Assert.Single(told.Targets).MembershipId);
        Assert.Contains("Developer", told.Contents.Single(text => text.Language == "en").Body, StringComparison.Ordinal);
        Assert.Contains("Ontwikkelaar", told.Contents.Single(text => text.Language == "nl").Body, StringComparison.Ordinal);

        var reader = _database.As(_ben);
        Assert.Null(await reader.FindAsync(told.Id));
        Assert.Equal(0, (await reader.CountAsync()).Badge);
    }

    [Fact]
    public async Task Many_changes_at_once_leave_one_chain_without_a_gap()
    {
        var colleagues = new List<Membership>();
        for (var i = 0; i < 8; i++)
            colleagues.Add(await _database.Scenario.MemberAsync(_alpine));

        await Task.WhenAll(colleagues.Select(colleague => Roles(roles => roles.GrantAsync(_alpine.Id, By(_anna), colleague.Id, [new(Developer)]))));

        Assert.Equal(Enumerable.Range(1, 8), (await EntriesAsync()).Select(entry => entry.Number));
        Assert.Null((await _database.WithAsync<ActivityLog, ActivityLogState>(log => log.VerifyAsync(_alpine.Id))).FirstAltered);
    }

    [Fact]
    public async Task Whoever_is_invited_back_has_no_feed_of_before_and_confirms_no_address_that_was_asked_about_then()
    {
        await _database.WithAsync<FeedLinks, string>(feeds => feeds.RenewAsync(_ben.Id, FeedKind.Calendar));
        await _database.WithAsync<FeedLinks, string>(feeds => feeds.RenewAsync(_anna.Id, FeedKind.Calendar));
        await _database.WithAsync<ContactChanges, bool>(async contacts =>
        {
            await contacts.EnterAsync(_alpine.Id, By(_ben), "ben@work.example", ChangedBy.MyPreferences);
            return true;
        });
        await Members(members => members.RemoveAsync(_alpine.Id, By(_anna), _ben.Id));

        await Members(members => members.InviteAsync(
            _alpine.Id, By(_anna), new Invitation(_ben.Person.SignInAddress, Name: null, "en", AsGuest: false, GuestEndsAt: null, [])));

        Assert.Equal([_anna.Id], await _database.QueryAsync(db => db.FeedLinks.Select(link => link.MembershipId).ToListAsync()));
        Assert.Equal(VerificationState.Cancelled, await _database.QueryAsync(db => db.ContactVerifications.Select(verification => verification.State).SingleAsync()));
        Assert.Null((await LoadAsync(_ben)).PendingContact);
    }

    [Fact]
    public async Task Whoever_is_brought_back_in_time_keeps_their_feeds()
    {
        await _database.WithAsync<FeedLinks, string>(feeds => feeds.RenewAsync(_ben.Id, FeedKind.Calendar));
        await Members(members => members.RemoveAsync(_alpine.Id, By(_anna), _ben.Id));

        await Members(members => members.RestoreAsync(_alpine.Id, By(_anna), _ben.Id));

        Assert.Equal([_ben.Id], await _database.QueryAsync(db => db.FeedLinks.Select(link => link.MembershipId).ToListAsync()));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<RuleViolationException>(() => Roles(roles => roles.GrantAsync(_alpine.Id, By(_ben), _anna.Id, [new(HelpdeskAgent), new(Owner)])));

        Assert.Single((await LoadAsync(_anna)).Roles);
        Assert.Empty(await EntriesAsync());
        Assert.False(await _database.QueryAsync(db => db.Communications.AnyAsync()));
    }

    private static Actor By(Membership member) => new(member.Person.Name, member.Id);

    private Task<T> Roles<T>(Func<RoleChanges, Task<T>> act) => _database.WithAsync(act);

    private Task<T> Members<T>(Func<MemberChanges, Task<T>> act) => _database.WithAsync(act);

    private Task<List<AuditEntry>> EntriesAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());

    private Task<Membership> LoadAsync(Membership member) => _database.QueryAsync(db =>
        db.Memberships.Include(row => row.Roles).Include(row => row.Person).SingleAsync(row => row.Id == member.Id));

    private async Task<IReadOnlyList<string>> AdviceAsync() =>
        [.. (await _database.As(_anna).SeeAsync((visibility, reader) => visibility.OpenActionsAsync(reader, new(), size: 10))).Rows.Select(row => row.Title)];
}
