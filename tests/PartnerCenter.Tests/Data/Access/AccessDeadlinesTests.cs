using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Access;

public sealed class AccessDeadlinesTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _admin = null!;
    private Membership _ben = null!;

    private Actor Admin => new("Anna Winter", _admin.Id);

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _admin = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.GlobalAdmin);
        _ben = await _database.Scenario.MemberAsync(_alpine);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Nothing_happens_before_its_time()
    {
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(8));

        await RunAsync();

        Assert.Empty(await LogAsync());
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task A_member_is_told_once_seven_days_before_a_role_ends_however_often_it_is_looked_at()
    {
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(8));
        _database.Time.Advance(TimeSpan.FromDays(1));

        await RunAsync();
        await RunAsync();
        _database.Time.Advance(TimeSpan.FromDays(6.9));
        await RunAsync();

        Assert.Equal("Your role Billing admin ends on 10 March 2026", Assert.Single(await MailsAsync()));
    }

    [Fact]
    public async Task A_role_with_another_end_is_announced_again()
    {
        var end = _database.Time.Now.AddDays(5);
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, end);
        await RunAsync();
        await _database.WithAsync<RoleChanges, RoleDifference?>(roles =>
            roles.SetAsync(_alpine.Id, Admin, _ben.Id, [new WantedRole(RoleCatalogue.BillingAdmin, EndsAt: end.AddDays(1))]));

        await RunAsync();

        Assert.Equal(2, (await MailsAsync()).Count(title => title.StartsWith("Your role Billing admin ends on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_role_whose_time_is_over_is_removed_logged_and_told()
    {
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(1));
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.AdminAgent, _database.Time.Now.AddDays(1));
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.SalesAgent);
        _database.Time.Advance(TimeSpan.FromDays(1));

        await RunAsync();
        await RunAsync();

        Assert.Equal(["sales_agent"], await RolesOfAsync(_ben));
        var log = await LogAsync();
        Assert.Equal([AuditAction.RoleEnded, AuditAction.RoleEnded], log.Select(entry => entry.Action));
        Assert.All(log, entry => Assert.Equal((Actor.Portal.Name, null, "* → 2026-03-03"), (entry.Actor, entry.ActorMembershipId, entry.Before)));
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task A_role_of_somebody_who_is_kept_out_ends_without_a_mail()
    {
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(1));
        await _database.Scenario.ChangeAsync(_ben, fresh =>
        {
            fresh.Disable(_database.Time.Now);
            return fresh;
        });
        await RunAsync();
        _database.Time.Advance(TimeSpan.FromDays(1));

        await RunAsync();

        Assert.Empty(await RolesOfAsync(_ben));
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task A_guest_is_told_once_and_leaves_when_the_time_is_over()
    {
        await BecomeGuestAsync(_database.Time.Now.AddDays(7));

        await RunAsync();
        await RunAsync();
        Assert.Equal("Your access to The company alpine-cloud ends on 9 March 2026", Assert.Single(await MailsAsync()));

        _database.Time.Advance(TimeSpan.FromDays(7));
        await RunAsync();
        await RunAsync();

        Assert.Equal(MembershipStatus.Removed, await StatusOfAsync(_ben));
        Assert.Equal([AuditAction.MembershipEnded], (await LogAsync()).Select(entry => entry.Action));
        Assert.Equal(2, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task A_guest_whose_day_moved_is_told_the_new_one()
    {
        await BecomeGuestAsync(_database.Time.Now.AddDays(5));
        await RunAsync();
        await _database.WithAsync<MemberChanges, bool>(members =>
            members.ChangeGuestEndAsync(_alpine.Id, Admin, _ben.Id, _database.Time.Now.AddDays(6)));

        await RunAsync();

        Assert.Equal(2, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task A_request_that_nobody_answered_lapses_after_fourteen_days()
    {
        await _database.WithAsync<AccessRequests, int>(requests =>
            requests.SubmitAsync(_alpine.Id, new Actor("Ben", _ben.Id), RoleCatalogue.BillingAdmin, workspace: null, "Month end", until: null));
        _database.Time.Advance(AccessRequest.Lasts - TimeSpan.FromSeconds(1));
        await RunAsync();
        Assert.Equal(AccessRequestState.Open, await _database.QueryAsync(db => db.AccessRequests.Select(request => request.State).SingleAsync()));

        _database.Time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();
        await RunAsync();

        Assert.Equal(AccessRequestState.Expired, await _database.QueryAsync(db => db.AccessRequests.Select(request => request.State).SingleAsync()));
        Assert.Single(await LogAsync(), entry => entry.Action == AuditAction.AccessRequestExpired);
    }

    [Fact]
    public async Task An_invitation_that_nobody_accepted_is_written_down_once_each_time_it_was_sent()
    {
        var invited = await _database.WithAsync<MemberChanges, int>(members =>
            members.InviteAsync(_alpine.Id, Admin, new Invitation("new@alpine.example", "Nora", "en", AsGuest: false, GuestEndsAt: null, [])));
        _database.Time.Advance(MembershipPolicy.InvitationLasts);
        await RunAsync();
        await RunAsync();
        Assert.Single(await ExpiredAsync());

        await _database.WithAsync<MemberChanges, bool>(members => members.ResendAsync(_alpine.Id, Admin, invited));
        await RunAsync();
        Assert.Single(await ExpiredAsync());

        _database.Time.Advance(MembershipPolicy.InvitationLasts);
        await RunAsync();
        await RunAsync();
        Assert.Equal(2, (await ExpiredAsync()).Count());
    }

    [Fact]
    public async Task Two_instances_on_one_file_do_everything_once()
    {
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(3));
        await _database.Scenario.GrantAsync(_admin, RoleCatalogue.SalesAgent, _database.Time.Now.AddDays(1));
        _database.Time.Advance(TimeSpan.FromDays(1));

        await RunOnTwoInstancesAsync();

        Assert.Equal([AuditAction.RoleEnded], (await LogAsync()).Select(entry => entry.Action));
        Assert.Equal(2, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task Two_instances_write_an_invitation_off_and_let_a_guest_go_once()
    {
        await BecomeGuestAsync(_database.Time.Now.AddDays(10));
        await _database.WithAsync<MemberChanges, int>(members =>
            members.InviteAsync(_alpine.Id, Admin, new Invitation("new@alpine.example", "Nora", "en", AsGuest: false, GuestEndsAt: null, [])));
        _database.Time.Advance(MembershipPolicy.InvitationLasts);

        await RunOnTwoInstancesAsync();

        Assert.Equal(
            [AuditAction.MemberInvited, AuditAction.MembershipEnded, AuditAction.InvitationExpired],
            (await LogAsync()).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_change_that_only_tells_something_still_makes_others_decide_again()
    {
        var before = await VersionAsync();
        await _database.Scenario.GrantAsync(_ben, RoleCatalogue.BillingAdmin, _database.Time.Now.AddDays(3));

        await RunAsync();

        Assert.Single(await MailsAsync());
        Assert.Equal(before + 1, await VersionAsync());
    }

    [Fact]
    public async Task A_round_that_finds_nothing_writes_nothing()
    {
        var before = await VersionAsync();

        await RunAsync();

        Assert.Equal(before, await VersionAsync());
    }

    private async Task RunOnTwoInstancesAsync()
    {
        await using var second = new ServiceCollection().AddPartnerCenterData(DataSetup.Sqlite, _database.ConnectionString)
            .AddSingleton<TimeProvider>(_database.Time)
            .AddSingleton(WorkspaceCatalogue.BuiltIn)
            .BuildServiceProvider();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunAsync(i % 2 == 0 ? _database.Services : second))));
    }

    private Task RunAsync() => RunAsync(_database.Services);

    private static async Task RunAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AccessDeadlines>().RunAsync();
    }

    private Task BecomeGuestAsync(DateTime endsAt) => _database.Scenario.ChangeAsync(_ben, fresh =>
    {
        fresh.BecomeGuest(endsAt);
        return fresh;
    });

    private Task<int> VersionAsync() => _database.QueryAsync(db => db.Organizations.Select(organization => organization.Version).SingleAsync());

    private Task<List<AuditEntry>> LogAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());

    private async Task<IEnumerable<AuditEntry>> ExpiredAsync() => (await LogAsync()).Where(entry => entry.Action == AuditAction.InvitationExpired);

    private Task<List<string>> RolesOfAsync(Membership member) => _database.QueryAsync(db =>
        db.Memberships.Where(row => row.Id == member.Id).SelectMany(row => row.Roles).Select(grant => grant.Role).ToListAsync());

    private Task<MembershipStatus> StatusOfAsync(Membership member) =>
        _database.QueryAsync(db => db.Memberships.Where(row => row.Id == member.Id).Select(row => row.Status).SingleAsync());

    // English titles of the mails about accounts, in the order in which they were written.
    private Task<List<string>> MailsAsync() => _database.QueryAsync(db => (
        from told in db.Communications
        where told.Kind == CommunicationKind.AccountMail
        join content in db.CommunicationContents.Where(content => content.Language == "en") on told.Id equals content.CommunicationId
        orderby told.Id
        select content.Title).ToListAsync());
}
