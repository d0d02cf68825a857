using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

/// <summary>The board in worlds that chance made, against a recount that asks every member about every communication, one by one.</summary>
public sealed class CoverageTests : IDisposable
{
    private static readonly Role[] Roles =
        [RoleCatalogue.GlobalAdmin, RoleCatalogue.BillingAdmin, RoleCatalogue.SalesAgent, RoleCatalogue.AccountAdmin, RoleCatalogue.ReferralsAdmin];

    private static readonly string[] Places =
        [WorkspaceCatalogue.Billing, WorkspaceCatalogue.Pricing, WorkspaceCatalogue.AccountSettings, WorkspaceCatalogue.Referrals, WorkspaceCatalogue.Benefits];

    private readonly TemporaryDatabase _database = new();
    private readonly List<Membership> _members = [];
    private readonly List<Told> _told = [];

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_board_says_what_a_recount_finds(int seed)
    {
        var organization = await ArrangeAsync(new Random(seed));
        var workspaces = WorkspaceCatalogue.BuiltIn.ExistingFor([ProgramCatalogue.Reseller, ProgramCatalogue.CoSell]);
        var reader = await _database.Scenario.ReaderAsync(_members[0]);

        var board = await _database.WithAsync<Coverage, CoverageBoard>(coverage => coverage.ReadAsync(reader, workspaces));

        var active = await ActiveAsync(organization);
        var seen = new Dictionary<(int Member, long Id), VisibleCommunication>();
        foreach (var member in active)
        {
            foreach (var told in _told)
            {
                if (await _database.As(member).FindAsync(told.Id) is { } communication)
                    seen[(member.Id, told.Id)] = communication;
            }
        }

        var open = await OpenAsync(organization);
        var expected =
            from workspace in workspaces
            from kind in CommunicationPolicy.Published
            let here = open.Where(told => told.Workspace == workspace.Key && told.Kind == kind && !told.IsForOne).ToList()
            select (
                workspace.Key,
                kind,
                here.Count == 0 ? null : (int?)active.Count(member => here.Exists(told => seen.ContainsKey((member.Id, told.Id)))),
                here.Count(told => !active.Exists(member => seen.ContainsKey((member.Id, told.Id)))));
        Assert.Equal(expected, board.Workspaces.SelectMany(row => row.Cells.Select(cell => (row.Workspace.Key, cell.Kind, cell.Reached, cell.Unreached))));

        Assert.Equal(active.Count, board.Members);
        Assert.Equal(active.Count, board.Mail.Sum(reach => reach.Members));
        Assert.Equal(
            workspaces.Select(workspace => active.Count(member => AccessTable.Opens(workspace, HeldBy(member)))),
            board.Workspaces.Select(row => row.OpenTo));
        Assert.Equal(
            RoleCatalogue.All.Where(role => active.Count(member => HeldBy(member).Contains(role.Key)) == 1),
            board.Sole.SelectMany(sole => sole.Roles).OrderBy(role => RoleCatalogue.All.ToList().IndexOf(role)));
        Assert.All(board.Sole, sole =>
        {
            var holder = active.Single(member => member.Id == sole.MembershipId);
            Assert.Equal(holder.Person.Name, sole.Name);
            Assert.All(sole.Roles, role => Assert.Contains(role.Key, HeldBy(holder)));
            Assert.All(sole.Workspaces, workspace => Assert.True(AccessTable.Opens(workspace, HeldBy(holder))));
        });
        Assert.Equal(
            workspaces.Where(workspace => active.Count(member => AccessTable.Opens(workspace, HeldBy(member))) == 1 && !AccessTable.Opens(workspace, [])).Select(workspace => workspace.Key).Order(StringComparer.Ordinal),
            board.Sole.SelectMany(sole => sole.Workspaces).Select(workspace => workspace.Key).Order(StringComparer.Ordinal));

        var unread = open
            .Where(told => told.Kind == CommunicationKind.MandatoryAction && workspaces.Any(workspace => workspace.Key == told.Workspace))
            .Where(told => !active.Exists(member => seen.TryGetValue((member.Id, told.Id), out var it) && it.IsRead))
            .ToList();
        Assert.Equal(unread.Select(told => told.Id).Order(), board.Unread.Select(action => action.Id).Order());
        Assert.Equal(unread.Count, board.UnreadInAll);
        Assert.All(board.Unread, action =>
        {
            Assert.Equal(active.Count(member => seen.ContainsKey((member.Id, action.Id))), action.Reached);
            Assert.Equal(seen.ContainsKey((reader.MembershipId, action.Id)), action.Seen is not null);
        });
    }

    [Fact]
    public async Task Whoever_was_granted_the_role_after_all_was_marked_as_read_has_not_read_it()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        var first = await _database.Scenario.MemberAsync(organization, RoleCatalogue.BillingAdmin);
        var id = await _database.Scenario.PublishAsync(Drafts.MandatoryAction());
        _database.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([id], await UnreadAsync(first));

        await _database.As(first).ReadAllAsync();
        Assert.Empty(await UnreadAsync(first));

        await _database.Scenario.RevokeAsync(first, RoleCatalogue.BillingAdmin);
        var second = await _database.Scenario.MemberAsync(organization, RoleCatalogue.BillingAdmin);
        Assert.Equal([id], await UnreadAsync(second));
    }

    [Fact]
    public async Task What_an_escalation_brought_is_unread_for_who_had_marked_all_as_read_before()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        var admin = await _database.Scenario.MemberAsync(organization, RoleCatalogue.GlobalAdmin);
        var id = await _database.Scenario.PublishAsync(Drafts.MandatoryAction());
        await _database.Scenario.PublishAsync(Drafts.MandatoryAction(RoleCatalogue.GlobalAdmin.Key));
        _database.Time.Advance(TimeSpan.FromHours(1));
        await _database.As(admin).ReadAllAsync();

        await _database.Scenario.EscalateAsync(id, RoleCatalogue.GlobalAdmin.Key, organization.Key);

        Assert.Equal([id], await UnreadAsync(admin));
    }

    [Fact]
    public async Task Of_very_many_that_nobody_read_those_that_are_due_first_are_shown_and_all_are_counted()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        var member = await _database.Scenario.MemberAsync(organization, RoleCatalogue.BillingAdmin);
        var ids = new List<long>();
        for (var n = 0; n < 53; n++)
            ids.Insert(0, await _database.Scenario.PublishAsync(Drafts.MandatoryAction() with { DueInDays = 80 - n }));

        var board = await BoardAsync(member);

        Assert.Equal(ids.Take(50), board.Unread.Select(action => action.Id));
        Assert.Equal(53, board.UnreadInAll);
        Assert.All(board.Unread, action => Assert.NotNull(action.Seen));
    }

    [Fact]
    public async Task What_waits_to_be_confirmed_or_was_not_in_time_is_counted_as_the_list_of_users_finds_it()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        Action<Membership>[] arrangements =
        [
            _ => { },
            member => member.UseVerifiedContact("verified@work.example"),
            member => member.AwaitContact("new@work.example", _database.Time.Now.AddDays(1)),
            member => member.AwaitContact("late@work.example", _database.Time.Now),
            member =>
            {
                member.UseVerifiedContact("old@work.example");
                member.AwaitContact("new@work.example", _database.Time.Now.AddDays(1));
            },
        ];
        foreach (var arrange in arrangements)
            await _database.Scenario.ChangeAsync(await _database.Scenario.MemberAsync(organization), member => Done(() => arrange(member)));

        var board = await BoardAsync(await _database.Scenario.MemberAsync(organization, RoleCatalogue.GlobalAdmin));

        Assert.Equal(
            [
                (ContactState.None, AddressSource.SignIn, 2),
                (ContactState.Pending, AddressSource.Contact, 1),
                (ContactState.Pending, AddressSource.SignIn, 1),
                (ContactState.Verified, AddressSource.Contact, 1),
                (ContactState.Expired, AddressSource.SignIn, 1),
            ],
            board.Mail.Select(reach => (reach.Contact, reach.Source!.Value, reach.Members)));
        foreach (var state in board.Mail.GroupBy(reach => reach.Contact))
        {
            Assert.Equal(
                await _database.QueryAsync(db => db.Memberships.WithContact(state.Key, _database.Time.Now).CountAsync()),
                state.Sum(reach => reach.Members));
        }
    }

    private async Task<IEnumerable<long>> UnreadAsync(Membership looking)
    {
        var board = await BoardAsync(looking);
        return board.Unread.Select(action => action.Id);
    }

    private async Task<CoverageBoard> BoardAsync(Membership looking)
    {
        var reader = await _database.Scenario.ReaderAsync(looking);
        return await _database.WithAsync<Coverage, CoverageBoard>(coverage => coverage.ReadAsync(reader, WorkspaceCatalogue.BuiltIn.All));
    }

    private static List<string> HeldBy(Membership member) => [.. member.Roles.Select(grant => grant.Role)];

    private async Task<Organization> ArrangeAsync(Random random)
    {
        var organization = await _database.Scenario.OrganizationAsync("alpine-cloud", ProgramCatalogue.Reseller, ProgramCatalogue.CoSell);
        var other = await _database.Scenario.OrganizationAsync("harbor-apps");
        _members.Add(await _database.Scenario.MemberAsync(organization, RoleCatalogue.GlobalAdmin));
        for (var number = 0; number < 8; number++)
            _members.Add(await _database.Scenario.MemberAsync(organization, [.. Roles.Where(_ => random.Next(4) == 0)]));
        var stranger = await _database.Scenario.MemberAsync(other, Roles);
        await _database.Scenario.GrantAsync(_members[1], RoleCatalogue.ReferralsAdmin, _database.Time.GetUtcNow().UtcDateTime.AddMinutes(30));
        await PublishAsync(random, 18);
        _database.Time.Advance(TimeSpan.FromHours(1));

        foreach (var member in _members.Append(stranger))
        {
            if (random.Next(5) == 0)
                await _database.As(member).ReadAllAsync();
            foreach (var told in _told.Where(_ => random.Next(8) == 0))
                await _database.As(member).ReadAsync(told.Id);
        }

        foreach (var told in _told.Where(told => told.Kind is CommunicationKind.MandatoryAction or CommunicationKind.RecommendedAction && random.Next(6) == 0))
            await _database.As(_members[random.Next(_members.Count)]).CompleteAsync(told.Id);
        if (_told.Find(told => random.Next(4) == 0) is { } taken)
        {
            await _database.Scenario.WithdrawAsync(taken.Id);
            _told.Remove(taken);
        }

        await PublishAsync(random, 6);
        var now = _database.Time.GetUtcNow().UtcDateTime;
        await _database.Scenario.ChangeAsync(_members[2], member => Done(() => member.Remove(now)));
        await _database.Scenario.ChangeAsync(_members[3], member => Done(() => member.BecomeGuest(now)));
        await _database.Scenario.ChangeAsync(_members[4], member => Done(() => member.Person.Disable()));
        await _database.Scenario.ChangeAsync(_members[5], member => Done(() => member.UseVerifiedContact("contact@example.com")));
        return organization;
    }

    private async Task PublishAsync(Random random, int howMany)
    {
        for (var number = 0; number < howMany; number++)
        {
            var kind = CommunicationPolicy.Published[random.Next(CommunicationPolicy.Published.Count)];
            var workspace = Places[random.Next(Places.Length)];
            var isForOne = random.Next(6) == 0;
            var organization = random.Next(3) switch { 0 => "alpine-cloud", 1 => "harbor-apps", _ => null };
            string[] roles = [.. Roles.Select(role => role.Key).Append("default_user").Append("owner").Where(_ => random.Next(5) == 0)];
            var draft = Drafts.Of(kind, roles.Length == 0 ? ["owner"] : roles) with { Workspace = workspace, Organizations = organization is null ? null : [organization] };
            var id = await _database.Scenario.PublishAsync(isForOne ? draft.ForMembership(_members[random.Next(_members.Count)].Id) : draft);
            if (isForOne || organization != "harbor-apps")
                _told.Add(new Told(id, workspace, kind, isForOne));
        }
    }

    private Task<List<Membership>> ActiveAsync(Organization organization) => _database.QueryAsync(async db =>
    {
        var now = _database.Time.GetUtcNow().UtcDateTime;
        var members = await db.Memberships.Include(row => row.Roles).Include(row => row.Person)
            .Where(row => row.OrganizationId == organization.Id)
            .ToListAsync();
        foreach (var member in members)
            member.Roles.RemoveAll(grant => !grant.CountsAt(now));
        db.ChangeTracker.Clear();
        return members.Where(member => member.IsActiveAt(now) && !member.Person.IsDisabled).ToList();
    });

    private Task<List<Told>> OpenAsync(Organization organization) => _database.QueryAsync(async db =>
    {
        var key = Completion.ForOrganization(organization.Id);
        var done = await db.Completions.Where(row => row.CompletedFor == key).Select(row => row.CommunicationId).ToListAsync();
        return _told.Where(told => !done.Contains(told.Id)).ToList();
    });

    private static bool Done(Action change)
    {
        change();
        return true;
    }

    private sealed record Told(long Id, string Workspace, CommunicationKind Kind, bool IsForOne);
}
