using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Access;

/// <summary>
/// One member with each role, and a request for each role: those who may answer, are named as approvers, find the action in the
/// Action Center and get the mail are the same people, and exactly those of domain.md 1.4, written down once more by hand.
/// </summary>
public sealed class ApproversTests(ApproversTests.World world) : IClassFixture<ApproversTests.World>
{
    private static readonly string[] AdminOnly = ["global_admin"];
    private static readonly string[] OfDirectory = ["global_admin", "user_management_admin"];
    private static readonly string[] OfAgents = ["account_admin", "global_admin", "user_management_admin"];
    private static readonly string[] OfPrograms = ["account_admin", "global_admin"];
    private static readonly string[] OfPublishers = ["account_admin", "global_admin", "manager", "owner"];

    private static readonly Dictionary<string, string[]> Approvers = new()
    {
        ["global_admin"] = AdminOnly,
        ["user_management_admin"] = OfDirectory,
        ["billing_admin"] = OfDirectory,
        ["admin_agent"] = OfAgents,
        ["sales_agent"] = OfAgents,
        ["helpdesk_agent"] = OfAgents,
        ["account_admin"] = OfPrograms,
        ["partner_program_admin"] = OfPrograms,
        ["compliance_admin"] = AdminOnly,
        ["business_profile_admin"] = OfPrograms,
        ["referrals_admin"] = OfPrograms,
        ["referrals_user"] = OfPrograms,
        ["cosell_solution_admin"] = OfPrograms,
        ["incentives_admin"] = OfPrograms,
        ["incentives_user"] = OfPrograms,
        ["executive_report_viewer"] = OfPrograms,
        ["report_viewer"] = OfPrograms,
        ["security_administrator"] = OfPrograms,
        ["security_reader"] = ["account_admin", "global_admin", "security_administrator"],
        ["support_admin"] = OfPrograms,
        ["cpv_admin"] = OfPrograms,
        ["owner"] = ["account_admin", "global_admin", "owner"],
        ["manager"] = OfPublishers,
        ["developer"] = OfPublishers,
        ["business_contributor"] = OfPublishers,
        ["financial_contributor"] = OfPublishers,
        ["marketer"] = OfPublishers,
    };

    public static TheoryData<string> EveryRole => [.. Approvers.Keys];

    [Fact]
    public void The_table_names_every_role_that_can_be_asked_for() => Assert.Equal(
        RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone).Select(role => role.Key).Order(),
        Approvers.Keys.Order());

    [Theory]
    [MemberData(nameof(EveryRole))]
    public async Task Exactly_those_who_may_grant_a_role_answer_whoever_asks_for_it(string role)
    {
        var expected = Approvers[role];
        var (asked, requester) = (RoleCatalogue.Find(role)!, await world.NewcomerAsync());
        var id = await world.WithAsync<AccessRequests, int>(requests =>
            requests.SubmitAsync(requester.OrganizationId, ActorOf(requester), asked, workspace: null, "I need it.", until: null));

        Assert.Equal(expected, await NamedAsync(asked));
        Assert.Equal(expected, await ListedAsync(id));
        Assert.Equal(expected, await InActionCenterAsync(id));
        Assert.Equal(expected, await MailedAsync(id));

        foreach (var (held, member) in world.Members.Where(pair => !expected.Contains(pair.Key)))
        {
            Assert.True(await IsRefusedAsync(requests => requests.ApproveAsync(member.OrganizationId, ActorOf(member), id, asked, null, null, null)), $"{held} approves {role}");
            Assert.True(await IsRefusedAsync(requests => requests.DenyAsync(member.OrganizationId, ActorOf(member), id, "No.")), $"{held} declines {role}");
        }

        foreach (var held in expected)
        {
            var approver = world.Members[held];
            var newcomer = await world.NewcomerAsync();
            var another = await world.WithAsync<AccessRequests, int>(requests =>
                requests.SubmitAsync(newcomer.OrganizationId, ActorOf(newcomer), asked, workspace: null, "I need it.", until: null));
            Assert.True(await world.WithAsync<AccessRequests, bool>(requests =>
                requests.ApproveAsync(approver.OrganizationId, ActorOf(approver), another, asked, null, null, null)));
        }
    }

    private static Actor ActorOf(Membership member) => new(member.Person.Name, member.Id);

    private async Task<IEnumerable<string>> NamedAsync(Role role)
    {
        var administrators = await world.App.InDatabaseAsync(db => db.ReadAdministratorsAsync(world.OrganizationId, FixedTime.Start));
        return RolesOf(administrators.Where(administrator => administrator.MayGrant([role])).Select(administrator => administrator.MembershipId));
    }

    private async Task<IEnumerable<string>> ListedAsync(int id)
    {
        var listed = new List<int>();
        foreach (var member in world.Members.Values)
        {
            if (await world.App.InDatabaseAsync(db => db.RequestsFor(member, WorkspaceCatalogue.BuiltIn, FixedTime.Start).AnyAsync(request => request.Id == id)))
                listed.Add(member.Id);
        }

        return RolesOf(listed);
    }

    private async Task<IEnumerable<string>> InActionCenterAsync(int id)
    {
        var action = await ActionAsync(id);
        var seen = new List<int>();
        foreach (var member in world.Members.Values)
        {
            var reader = await world.Scenario.ReaderAsync(member);
            if (await world.WithAsync<Visibility, bool>(async visibility => await visibility.FindAsync(reader, action) is not null))
                seen.Add(member.Id);
        }

        return RolesOf(seen);
    }

    private async Task<IEnumerable<string>> MailedAsync(int id)
    {
        var action = await ActionAsync(id);
        await world.App.FanOutAsync();
        return RolesOf(await world.App.InDatabaseAsync(db =>
            db.OutboxMails.Where(mail => mail.CommunicationId == action && mail.SuppressedBecause == null).Select(mail => mail.MembershipId).ToListAsync()));
    }

    private Task<long> ActionAsync(int request) => world.App.InDatabaseAsync(db =>
        db.Communications.Where(communication => communication.Topic == $"access-request/{request}").Select(communication => communication.Id).SingleAsync());

    private IEnumerable<string> RolesOf(IEnumerable<int> members) =>
        world.Members.Where(pair => members.Contains(pair.Value.Id)).Select(pair => pair.Key).Order(StringComparer.Ordinal);

    private async Task<bool> IsRefusedAsync(Func<AccessRequests, Task<bool>> answer)
    {
        try
        {
            await world.WithAsync(answer);
            return false;
        }
        catch (RuleViolationException)
        {
            return true;
        }
    }

    /// <summary>An organization with one member for each role.</summary>
    public sealed class World : IAsyncLifetime
    {
        private Organization _organization = null!;

        public PortalApp App { get; } = new Empty();

        public Scenario Scenario { get; private set; } = null!;

        public int OrganizationId => _organization.Id;

        public Dictionary<string, Membership> Members { get; } = [];

        public async Task InitializeAsync()
        {
            Scenario = new Scenario(App.Services);
            _organization = await Scenario.OrganizationAsync();
            foreach (var role in RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone))
                Members[role.Key] = await Scenario.MemberAsync(_organization, role);
        }

        public Task<Membership> NewcomerAsync() => Scenario.MemberAsync(_organization);

        public async Task<T> WithAsync<TSubject, T>(Func<TSubject, Task<T>> act)
            where TSubject : notnull
        {
            await using var scope = App.Services.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<TSubject>());
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        private sealed class Empty : PortalApp
        {
            protected override bool IsDemo => false;
        }
    }
}
