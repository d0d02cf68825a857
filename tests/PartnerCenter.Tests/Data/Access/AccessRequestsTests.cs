using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Access;

public sealed class AccessRequestsTests : IDisposable, IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private Organization _organization = null!;
    private Membership _admin = null!;
    private Membership _requester = null!;

    private DateTime Now => _database.Time.Now;

    public async Task InitializeAsync()
    {
        _organization = await _database.Scenario.OrganizationAsync();
        _admin = await _database.Scenario.MemberAsync(_organization, GlobalAdmin);
        _requester = await _database.Scenario.MemberAsync(_organization);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task An_approved_request_grants_the_role_and_is_in_the_log()
    {
        var id = await AskAsync(ReportViewer, until: Now.AddDays(30));
        var location = await AddLocationAsync();

        Assert.True(await ApproveAsync(id, ReportViewer, location, until: Now.AddDays(20), answer: " Go ahead. "));

        var grant = Assert.Single((await MemberAsync(_requester)).Roles);
        Assert.Equal(("report_viewer", location, Now.AddDays(20), _admin.Person.Name), (grant.Role, grant.LocationId, grant.EndsAt, grant.GrantedBy));
        var request = await RequestAsync(id);
        Assert.Equal((AccessRequestState.Approved, _admin.Person.Name, "Go ahead.", Now), (request.State, request.DecidedBy, request.Answer, request.ClosedAt));
        Assert.Equal([AuditAction.AccessRequested, AuditAction.RoleGranted, AuditAction.AccessRequestApproved], await LogAsync());
    }

    [Fact]
    public async Task A_request_for_a_workspace_is_answered_with_a_role_that_opens_it()
    {
        var id = await AskForAsync(WorkspaceCatalogue.Billing);

        Assert.Equal("Reason.NotAskedFor", await RefusalOfAsync(() => ApproveAsync(id, Marketer)));
        Assert.True(await ApproveAsync(id, BillingAdmin));

        Assert.Equal("billing_admin", (await RequestAsync(id)).Role);
        Assert.Equal("billing_admin", Assert.Single((await MemberAsync(_requester)).Roles).Role);
    }

    [Fact]
    public async Task A_declined_request_keeps_the_reason_and_grants_nothing()
    {
        var id = await AskAsync(BillingAdmin);

        Assert.True(await DenyAsync(id, "Ask the finance team."));

        var request = await RequestAsync(id);
        Assert.Equal((AccessRequestState.Denied, "Ask the finance team."), (request.State, request.Answer));
        Assert.Empty((await MemberAsync(_requester)).Roles);
        Assert.Equal([AuditAction.AccessRequested, AuditAction.AccessRequestDenied], await LogAsync());
    }

    [Fact]
    public async Task The_requester_is_told_of_the_decision_by_account_mail()
    {
        await ApproveAsync(await AskAsync(BillingAdmin), BillingAdmin);
        await DenyAsync(await AskAsync(Owner), "No.");

        var told = await _database.QueryAsync(db => db.Communications
            .Where(communication => communication.Kind == CommunicationKind.AccountMail && communication.Targets.Any(target => target.MembershipId == _requester.Id))
            .OrderBy(communication => communication.Id)
            .SelectMany(communication => communication.Contents.Where(content => content.Language == "en"))
            .Select(content => content.Title)
            .ToListAsync());
        Assert.Equal(["You have Billing admin now", "Your request for Owner was declined"], told);
    }

    [Fact]
    public async Task A_closed_request_is_closed_for_everybody()
    {
        var approved = await AskAsync(BillingAdmin);
        await ApproveAsync(approved, BillingAdmin);
        var withdrawn = await AskAsync(Owner);
        await WithdrawAsync(withdrawn);

        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => ApproveAsync(approved, BillingAdmin)));
        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => DenyAsync(approved, "No.")));
        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => ApproveAsync(withdrawn, Owner)));
        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => WithdrawAsync(approved)));
        Assert.Single((await MemberAsync(_requester)).Roles);
    }

    [Fact]
    public async Task What_nobody_answered_in_time_is_closed_even_before_anything_noticed()
    {
        var id = await AskAsync(BillingAdmin);
        _database.Time.Advance(AccessRequest.Lasts);

        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => ApproveAsync(id, BillingAdmin)));
        Assert.Equal("Reason.RequestIsClosed", await RefusalOfAsync(() => DenyAsync(id, "No.")));

        var again = await AskAsync(BillingAdmin);
        Assert.Equal(AccessRequestState.Expired, (await RequestAsync(id)).State);
        Assert.Equal(AccessRequestState.Open, (await RequestAsync(again)).State);
        Assert.Equal([AuditAction.AccessRequested, AuditAction.AccessRequestExpired, AuditAction.AccessRequested], await LogAsync());
    }

    [Fact]
    public async Task Of_two_requests_for_the_same_thing_at_the_same_instant_one_is_made()
    {
        var both = await Task.WhenAll(RefusalOfAsync(() => AskAsync(BillingAdmin)), RefusalOfAsync(() => AskAsync(BillingAdmin)));

        Assert.Equal([null, "Reason.RequestIsOpenAlready"], both.Order());
        Assert.Equal(1, await _database.QueryAsync(db => db.AccessRequests.CountAsync()));
    }

    [Fact]
    public async Task At_most_ten_a_day()
    {
        foreach (var role in All.Where(role => role.Family == RoleFamily.Program).Take(AccessRequest.MostPerDay))
            await WithdrawAsync(await AskAsync(role));

        Assert.Equal("Reason.TooManyRequests", await RefusalOfAsync(() => AskAsync(Owner)));
        _database.Time.Advance(AccessRequest.Day);
        Assert.NotEqual(0, await AskAsync(Owner));
    }

    [Fact]
    public async Task Who_has_the_role_for_good_asks_in_vain_and_who_has_less_may_ask_for_more()
    {
        var location = await AddLocationAsync();
        await _database.Scenario.ChangeAsync(_requester, member => member.Grant(BillingAdmin, Scenario.GrantedBy, Now, endsAt: Now.AddDays(30)));
        await _database.QueryAsync(async db =>
        {
            var place = await db.Organizations.SelectMany(organization => organization.Locations).SingleAsync();
            var member = await db.Memberships.Include(member => member.Roles).SingleAsync(member => member.Id == _requester.Id);
            member.Grant(ReportViewer, Scenario.GrantedBy, Now, place);
            return await db.SaveChangesAsync();
        });

        Assert.Equal("Reason.HasRoleAlready", await RefusalOfAsync(() => AskAsync(DefaultUser)));
        Assert.Equal("Reason.HasRoleAlready", await RefusalOfAsync(() => AskAsync(BillingAdmin, until: Now.AddDays(30))));
        Assert.NotEqual(0, await AskAsync(ReportViewer));

        // For longer: the new grant takes the place of the shorter one.
        var id = await AskAsync(BillingAdmin, until: Now.AddDays(60));
        await ApproveAsync(id, BillingAdmin, until: Now.AddDays(60));
        var grant = Assert.Single((await MemberAsync(_requester)).Roles, grant => grant.Role == "billing_admin");
        Assert.Equal(Now.AddDays(60), grant.EndsAt);
    }

    [Fact]
    public async Task Saying_yes_never_shortens_what_was_granted_in_the_meantime()
    {
        var id = await AskAsync(BillingAdmin, until: Now.AddDays(7));
        await _database.Scenario.GrantAsync(_requester, BillingAdmin);

        Assert.Equal("Reason.HasRoleAlready", await RefusalOfAsync(() => ApproveAsync(id, BillingAdmin, until: Now.AddDays(7))));

        Assert.Null(Assert.Single((await MemberAsync(_requester)).Roles).EndsAt);
        Assert.Equal(AccessRequestState.Open, (await RequestAsync(id)).State);
    }

    [Fact]
    public async Task A_day_that_is_over_is_no_end()
    {
        Assert.Equal("Reason.EndDateInThePast", await RefusalOfAsync(() => AskAsync(BillingAdmin, until: Now)));
        var id = await AskAsync(BillingAdmin);
        Assert.Equal("Reason.EndDateInThePast", await RefusalOfAsync(() => ApproveAsync(id, BillingAdmin, until: Now)));
    }

    [Fact]
    public async Task A_workspace_that_the_organization_lacks_cannot_be_asked_for()
    {
        var other = await _database.Scenario.OrganizationAsync("harbor-apps", ProgramCatalogue.Marketplace);
        var member = await _database.Scenario.MemberAsync(other);

        Assert.Equal("Reason.NotEnrolled", await RefusalOfAsync(() => AskForAsync(WorkspaceCatalogue.Billing, member)));
    }

    [Fact]
    public async Task A_workspace_that_is_open_already_cannot_be_asked_for()
    {
        await _database.Scenario.GrantAsync(_requester, SalesAgent);

        Assert.Equal("Reason.WorkspaceIsOpenAlready", await RefusalOfAsync(() => AskForAsync(WorkspaceCatalogue.Billing)));
        Assert.Equal("Reason.WorkspaceIsOpenAlready", await RefusalOfAsync(() => AskForAsync(WorkspaceCatalogue.HelpSupport)));
    }

    [Fact]
    public async Task A_workspace_that_no_role_opens_cannot_be_asked_for_and_does_not_break_an_answer()
    {
        var gone = new Workspace("hardware", "grid", []);
        Assert.Equal(
            "Reason.NoRoleOpensWorkspace",
            await RefusalOfAsync(() => DoAsync(requests => requests.SubmitAsync(_organization.Id, ActorOf(_requester), role: null, gone, "Please.", until: null))));

        // It was asked for while the operator still had it.
        var id = await _database.QueryAsync(async db =>
        {
            var requester = await db.Memberships.SingleAsync(member => member.Id == _requester.Id);
            var request = AccessRequest.ForWorkspace(requester, gone, "Please.", until: null, Now);
            db.Add(request);
            await db.SaveChangesAsync();
            return request.Id;
        });
        Assert.Equal("Reason.NoRoleOpensWorkspace", await RefusalOfAsync(() => DenyAsync(id, "It is gone.")));
        Assert.True(await WithdrawAsync(id));
    }

    [Fact]
    public async Task A_guest_asks_for_nothing_that_guests_cannot_have()
    {
        await _database.Scenario.ChangeAsync(_requester, Become);

        Assert.Equal("Reason.NotForGuests", await RefusalOfAsync(() => AskAsync(GlobalAdmin)));
        Assert.NotEqual(0, await AskAsync(AccountAdmin));

        static Membership Become(Membership member)
        {
            member.BecomeGuest();
            return member;
        }
    }

    [Fact]
    public async Task Who_became_a_guest_since_can_be_declined_and_not_approved()
    {
        var id = await AskAsync(GlobalAdmin);
        await _database.Scenario.ChangeAsync(_requester, member =>
        {
            member.BecomeGuest();
            return member;
        });

        Assert.Equal("Reason.NotForGuests", await RefusalOfAsync(() => ApproveAsync(id, GlobalAdmin)));
        Assert.True(await DenyAsync(id, "Guests can't."));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("removed")]
    [InlineData("ended")]
    [InlineData("account")]
    public async Task Nothing_is_granted_to_somebody_who_cannot_work_here(string how)
    {
        var id = await AskAsync(BillingAdmin);
        await _database.Scenario.ChangeAsync(_requester, member =>
        {
            switch (how)
            {
                case "disabled":
                    member.Disable(Now);
                    break;
                case "removed":
                    member.Remove(Now);
                    break;
                case "ended":
                    member.BecomeGuest(Now);
                    break;
                default:
                    member.Person.Disable();
                    break;
            }

            return member;
        });

        Assert.Equal("Reason.NotAsMembershipStands", await RefusalOfAsync(() => ApproveAsync(id, BillingAdmin)));
        Assert.Empty((await MemberAsync(_requester)).Roles);
        Assert.True(await DenyAsync(id, "You are away."));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_decides_on_a_request_of_their_own(bool approves)
    {
        var id = await AskAsync(Owner, by: _admin);

        var refusal = await RefusalOfAsync(() => approves ? ApproveAsync(id, Owner) : DenyAsync(id, "No."));

        Assert.Equal("Reason.NobodyDecidesForThemselves", refusal);
    }

    [Fact]
    public async Task Nobody_withdraws_the_request_of_another()
    {
        var id = await AskAsync(BillingAdmin);

        Assert.False(await DoAsync(requests => requests.WithdrawAsync(_organization.Id, ActorOf(_admin), id)));
        Assert.Equal(AccessRequestState.Open, (await RequestAsync(id)).State);
    }

    [Fact]
    public async Task A_location_is_one_of_the_organization_and_only_for_roles_that_have_one()
    {
        var location = await AddLocationAsync();
        var id = await AskAsync(BillingAdmin);
        var viewer = await AskAsync(ReportViewer);

        Assert.Equal("Reason.NotByLocation", await RefusalOfAsync(() => ApproveAsync(id, BillingAdmin, location)));
        Assert.Equal("Reason.UnknownLocation", await RefusalOfAsync(() => ApproveAsync(viewer, ReportViewer, location + 1000)));
    }

    [Fact]
    public async Task Who_lost_the_right_to_grant_cannot_answer_any_more()
    {
        var manager = await _database.Scenario.MemberAsync(_organization, Manager);
        var id = await AskAsync(Developer);
        await _database.Scenario.RevokeAsync(manager, Manager);

        Assert.Equal("Reason.NotYoursAnyMore", await RefusalOfAsync(() => DoAsync(requests => requests.DenyAsync(_organization.Id, ActorOf(manager), id, "No."))));
    }

    [Fact]
    public async Task Who_answered_sees_it_later_on_whatever_their_roles_are()
    {
        var manager = await _database.Scenario.MemberAsync(_organization, Manager);
        var other = await _database.Scenario.MemberAsync(_organization, SecurityAdministrator);
        var id = await AskAsync(Developer);
        await DoAsync(requests => requests.DenyAsync(_organization.Id, ActorOf(manager), id, "No."));
        await _database.Scenario.RevokeAsync(manager, Manager);
        await _database.Scenario.GrantAsync(manager, SecurityAdministrator);

        Assert.Equal([id], await RequestsForAsync(manager));
        Assert.Empty(await RequestsForAsync(other));
    }

    [Fact]
    public async Task A_request_of_another_organization_is_not_there()
    {
        var other = await _database.Scenario.OrganizationAsync("harbor-apps");
        var admin = await _database.Scenario.MemberAsync(other, GlobalAdmin);
        var id = await AskAsync(BillingAdmin);

        Assert.False(await DoAsync(requests => requests.ApproveAsync(other.Id, ActorOf(admin), id, BillingAdmin, null, null, null)));
        Assert.False(await DoAsync(requests => requests.DenyAsync(other.Id, ActorOf(admin), id, "No.")));
        Assert.Empty(await RequestsForAsync(admin));
    }

    [Fact]
    public async Task The_action_for_those_who_answer_is_done_with_the_answer_and_gone_when_it_is_withdrawn()
    {
        var id = await AskAsync(BillingAdmin);
        Assert.Single(await _database.As(_admin).OpenActionsAsync());
        await DenyAsync(id, "No.");
        Assert.Empty(await _database.As(_admin).OpenActionsAsync());
        Assert.Single(await _database.As(_admin).CompletedAsync());

        var withdrawn = await AskAsync(BillingAdmin);
        Assert.Single(await _database.As(_admin).OpenActionsAsync());
        await WithdrawAsync(withdrawn);
        Assert.Empty(await _database.As(_admin).OpenActionsAsync());
    }

    private static Actor ActorOf(Membership member) => new(member.Person.Name, member.Id, "192.0.2.1");

    private static async Task<string?> RefusalOfAsync<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RuleViolationException violation)
        {
            return violation.Reason.Key;
        }
    }

    private Task<T> DoAsync<T>(Func<AccessRequests, Task<T>> act) => _database.WithAsync(act);

    private Task<int> AskAsync(Role role, DateTime? until = null, Membership? by = null) => DoAsync(requests =>
        requests.SubmitAsync(_organization.Id, ActorOf(by ?? _requester), role, workspace: null, "I need it.", until));

    private Task<int> AskForAsync(string workspace, Membership? by = null) => DoAsync(requests =>
        requests.SubmitAsync((by ?? _requester).OrganizationId, ActorOf(by ?? _requester), role: null, WorkspaceCatalogue.BuiltIn.Find(workspace), "I need it.", until: null));

    private Task<bool> ApproveAsync(int id, Role role, int? location = null, DateTime? until = null, string? answer = null) =>
        DoAsync(requests => requests.ApproveAsync(_organization.Id, ActorOf(_admin), id, role, location, until, answer));

    private Task<bool> DenyAsync(int id, string answer) => DoAsync(requests => requests.DenyAsync(_organization.Id, ActorOf(_admin), id, answer));

    private Task<bool> WithdrawAsync(int id) => DoAsync(requests => requests.WithdrawAsync(_organization.Id, ActorOf(_requester), id));

    private Task<AccessRequest> RequestAsync(int id) => _database.QueryAsync(db => db.AccessRequests.SingleAsync(request => request.Id == id));

    private Task<Membership> MemberAsync(Membership member) =>
        _database.QueryAsync(db => db.Memberships.Include(fresh => fresh.Roles).SingleAsync(fresh => fresh.Id == member.Id));

    private Task<List<AuditAction>> LogAsync() => _database.QueryAsync(db => db.AuditEntries
        .Where(entry => entry.OrganizationId == _organization.Id)
        .OrderBy(entry => entry.Number)
        .Select(entry => entry.Action)
        .ToListAsync());

    private async Task<List<int>> RequestsForAsync(Membership member)
    {
        var fresh = await MemberAsync(member);
        return await _database.QueryAsync(db => db.RequestsFor(fresh, WorkspaceCatalogue.BuiltIn, Now).Select(request => request.Id).ToListAsync());
    }

    private Task<int> AddLocationAsync() => _database.QueryAsync(async db =>
    {
        var location = new Location("Zurich", "Zurich", "CH");
        (await db.Organizations.SingleAsync(organization => organization.Id == _organization.Id)).Locations.Add(location);
        await db.SaveChangesAsync();
        return location.Id;
    });
}
