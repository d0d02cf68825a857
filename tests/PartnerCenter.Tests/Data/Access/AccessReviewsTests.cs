using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Access;

public sealed class AccessReviewsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _admin = null!;
    private Membership _billing = null!;

    private Actor Admin => new("Anna Winter", _admin.Id);

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _admin = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.GlobalAdmin);
        _billing = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin, RoleCatalogue.AdminAgent);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_review_of_a_role_lists_its_holders_and_nothing_else()
    {
        var review = await ReadAsync(await StartAsync(RoleCatalogue.BillingAdmin));

        var item = Assert.Single(review.Items);
        Assert.Equal((_billing.Id, "billing_admin", Scenario.GrantedBy), (item.MembershipId, item.Role, item.GrantedBy));
    }

    [Fact]
    public async Task A_review_of_a_workspace_lists_every_grant_that_opens_it()
    {
        var id = await _database.WithAsync<AccessReviews, int>(reviews =>
            reviews.StartAsync(_alpine.Id, Admin, role: null, WorkspaceCatalogue.BuiltIn.Find(WorkspaceCatalogue.Billing)));

        Assert.Equal(["admin_agent", "billing_admin", "global_admin"], (await ReadAsync(id)).Items.Select(item => item.Role).Order());
    }

    [Fact]
    public async Task Ended_roles_removed_members_and_other_organizations_are_not_reviewed()
    {
        await _database.Scenario.GrantAsync(_admin, RoleCatalogue.HelpdeskAgent, _database.Time.Now.AddDays(1));
        var gone = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.HelpdeskAgent);
        await _database.WithAsync<MemberChanges, bool>(members => members.RemoveAsync(_alpine.Id, Admin, gone.Id));
        await _database.Scenario.MemberAsync(await _database.Scenario.OrganizationAsync("harbor-apps"), RoleCatalogue.HelpdeskAgent);
        _database.Time.Advance(TimeSpan.FromDays(2));

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => StartAsync(RoleCatalogue.HelpdeskAgent));

        Assert.Equal(Reasons.NobodyToReview, refused.Reason);
    }

    [Fact]
    public async Task Neither_nor_is_nothing_to_review()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            _database.WithAsync<AccessReviews, int>(reviews => reviews.StartAsync(_alpine.Id, Admin, role: null, workspace: null)));

        Assert.Equal(Reasons.ChooseWhatToReview, refused.Reason);
    }

    [Fact]
    public async Task What_is_kept_stays_and_the_log_says_that_somebody_looked()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);

        await DecideAsync(id, ReviewDecision.Keep);

        var item = (await ReadAsync(id)).Items[0];
        Assert.Equal((ReviewDecision.Keep, "Anna Winter", FixedTime.Start), (item.Decision, item.DecidedBy, item.DecidedAt));
        Assert.Contains("billing_admin", await RolesOfAsync(_billing));
        var entry = (await LogAsync())[^1];
        Assert.Equal((AuditAction.ReviewDecided, "billing_admin", "Keep", $"#{id}"), (entry.Action, entry.Topic, entry.After, entry.Note));
    }

    [Fact]
    public async Task What_is_removed_is_taken_away_logged_and_told()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);

        await DecideAsync(id, ReviewDecision.Remove);

        Assert.Equal(["admin_agent"], await RolesOfAsync(_billing));
        Assert.Equal(
            [AuditAction.ReviewStarted, AuditAction.RoleRevoked, AuditAction.ReviewDecided],
            (await LogAsync()).Select(entry => entry.Action));
        Assert.Equal(1, await MailsToAsync(_billing));
    }

    [Fact]
    public async Task A_decision_is_made_once()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);
        await DecideAsync(id, ReviewDecision.Keep);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, ReviewDecision.Remove));

        Assert.Equal(Reasons.ReviewItemIsDecided("Anna Winter"), refused.Reason, Same);
        Assert.Contains("billing_admin", await RolesOfAsync(_billing));
    }

    [Fact]
    public async Task Of_two_decisions_at_the_same_instant_one_counts()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);

        var results = await Task.WhenAll(new[] { ReviewDecision.Keep, ReviewDecision.Remove }.Select(decision => Task.Run(async () =>
        {
            try
            {
                return await DecideAsync(id, decision);
            }
            catch (RuleViolationException)
            {
                return false;
            }
        })));

        Assert.Single(results, done => done);
        var decided = (await ReadAsync(id)).Items[0].Decision;
        Assert.Equal(decided == ReviewDecision.Keep, (await RolesOfAsync(_billing)).Contains("billing_admin"));
    }

    [Fact]
    public async Task A_grant_that_is_gone_by_now_cannot_be_decided_on()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);
        await _database.Scenario.RevokeAsync(_billing, RoleCatalogue.BillingAdmin);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, ReviewDecision.Keep));

        Assert.Equal(Reasons.GrantIsGone, refused.Reason);
        Assert.Null((await ReadAsync(id)).Items[0].Decision);
    }

    [Theory]
    [InlineData(ReviewDecision.Keep)]
    [InlineData(ReviewDecision.Remove)]
    public async Task Nobody_decides_on_a_role_that_they_could_not_grant(ReviewDecision decision)
    {
        var manager = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.Manager);
        var id = await StartAsync(RoleCatalogue.BillingAdmin);

        await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, decision, new Actor("Priya", manager.Id)));

        Assert.Null((await ReadAsync(id)).Items[0].Decision);
        Assert.Contains("billing_admin", await RolesOfAsync(_billing));
    }

    [Fact]
    public async Task Nobody_vouches_for_themselves_but_anybody_lays_down_a_role_of_their_own()
    {
        var user = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.UserManagementAdmin);
        var actor = new Actor("Mila", user.Id);
        var id = await StartAsync(RoleCatalogue.UserManagementAdmin);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, ReviewDecision.Keep, actor));
        await DecideAsync(id, ReviewDecision.Remove, actor);

        Assert.Equal(Reasons.NobodyRaisesThemselves, refused.Reason);
        Assert.Empty(await RolesOfAsync(user));
    }

    [Fact]
    public async Task The_last_global_admin_is_not_reviewed_away()
    {
        var id = await StartAsync(RoleCatalogue.GlobalAdmin);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, ReviewDecision.Remove));

        Assert.Equal(Reasons.LastGlobalAdmin, refused.Reason);
        Assert.Contains("global_admin", await RolesOfAsync(_admin));
        Assert.Null((await ReadAsync(id)).Items[0].Decision);
    }

    [Fact]
    public async Task A_closed_review_takes_no_decision()
    {
        var id = await StartAsync(RoleCatalogue.BillingAdmin);
        Assert.True(await _database.WithAsync<AccessReviews, bool>(reviews => reviews.CloseAsync(_alpine.Id, Admin, id)));

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(id, ReviewDecision.Remove));

        Assert.Equal(Reasons.ReviewIsClosed, refused.Reason);
        var entry = (await LogAsync())[^1];
        Assert.Equal((AuditAction.ReviewClosed, "billing_admin", "0/1"), (entry.Action, entry.Topic, entry.After));
    }

    [Fact]
    public async Task A_review_of_another_organization_is_not_there()
    {
        var harbor = await _database.Scenario.OrganizationAsync("harbor-apps");
        var owner = new Actor("Omar", (await _database.Scenario.MemberAsync(harbor, RoleCatalogue.GlobalAdmin)).Id);
        var id = await StartAsync(RoleCatalogue.BillingAdmin);
        var item = (await ReadAsync(id)).Items[0].Id;

        Assert.False(await _database.WithAsync<AccessReviews, bool>(reviews => reviews.DecideAsync(harbor.Id, owner, id, item, ReviewDecision.Remove)));
        Assert.False(await _database.WithAsync<AccessReviews, bool>(reviews => reviews.CloseAsync(harbor.Id, owner, id)));
    }

    private static bool Same(Reason expected, Reason actual) => expected.Key == actual.Key && expected.Arguments.SequenceEqual(actual.Arguments);

    private Task<int> StartAsync(Role role) =>
        _database.WithAsync<AccessReviews, int>(reviews => reviews.StartAsync(_alpine.Id, Admin, role, workspace: null));

    private async Task<bool> DecideAsync(int id, ReviewDecision decision, Actor? actor = null)
    {
        var item = (await ReadAsync(id)).Items[0].Id;
        return await _database.WithAsync<AccessReviews, bool>(reviews => reviews.DecideAsync(_alpine.Id, actor ?? Admin, id, item, decision));
    }

    private Task<AccessReview> ReadAsync(int id) =>
        _database.QueryAsync(db => db.AccessReviews.Include(review => review.Items).SingleAsync(review => review.Id == id));

    private Task<List<string>> RolesOfAsync(Membership member) => _database.QueryAsync(db =>
        db.Memberships.Where(row => row.Id == member.Id).SelectMany(row => row.Roles).Select(grant => grant.Role).OrderBy(role => role).ToListAsync());

    private Task<List<AuditEntry>> LogAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());

    private Task<int> MailsToAsync(Membership member) => _database.QueryAsync(db => db.Communications.CountAsync(told =>
        told.Kind == CommunicationKind.AccountMail && told.Targets.Any(target => target.MembershipId == member.Id)));
}
