using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Organizations;

public sealed class OrganizationRecoveryTests : IAsyncLifetime, IDisposable
{
    private const string Address = "anna@alpine.example";

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;

    public async Task InitializeAsync() => _alpine = await _database.Scenario.OrganizationAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Somebody_new_becomes_global_admin_is_told_and_the_log_says_that_the_host_did_it()
    {
        var outcome = await RecoverAsync();

        Assert.Equal(RecoveryOutcome.Recovered, outcome);
        var member = await MemberAsync();
        Assert.True(member.IsLastingGlobalAdmin);
        var log = await _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());
        Assert.Equal([AuditAction.OrganizationRecovered, AuditAction.RoleGranted], log.Select(entry => entry.Action));
        Assert.All(log, entry => Assert.Equal((Actor.Host.Name, null, member.Id), (entry.Actor, entry.ActorMembershipId, entry.SubjectMembershipId)));
        Assert.Equal(1, await _database.QueryAsync(db => db.Communications.CountAsync(told => told.Kind == CommunicationKind.AccountMail)));
    }

    [Fact]
    public async Task An_organization_that_can_be_administered_is_left_alone()
    {
        await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.GlobalAdmin);

        Assert.Equal(RecoveryOutcome.HasGlobalAdmin, await RecoverAsync());
        Assert.Equal((1, 0), await _database.QueryAsync(async db => (await db.People.CountAsync(), await db.AuditEntries.CountAsync())));
    }

    [Fact]
    public async Task A_global_admin_whose_right_ends_is_not_enough_and_gets_one_that_stays()
    {
        var anna = await _database.Scenario.MemberAsync(_alpine, await PersonAsync());
        await _database.Scenario.GrantAsync(anna, RoleCatalogue.GlobalAdmin, _database.Time.Now.AddDays(30));

        Assert.Equal(RecoveryOutcome.Recovered, await RecoverAsync());
        Assert.Null(Assert.Single((await MemberAsync()).Roles).EndsAt);
    }

    [Theory]
    [InlineData(MembershipStatus.Disabled)]
    [InlineData(MembershipStatus.Removed)]
    [InlineData(MembershipStatus.Invited)]
    public async Task Whoever_was_kept_out_is_active_again(MembershipStatus was)
    {
        var anna = await _database.Scenario.MemberAsync(_alpine, await PersonAsync());
        await _database.Scenario.ChangeAsync(anna, fresh => Bring(fresh, was));
        _database.Time.Advance(TimeSpan.FromDays(90));

        Assert.Equal(RecoveryOutcome.Recovered, await RecoverAsync());
        Assert.True((await MemberAsync()).IsLastingGlobalAdmin);
        Assert.Equal(
            ($"{was}", "Active"),
            await _database.QueryAsync(db => db.AuditEntries.Where(entry => entry.Number == 1).Select(entry => ValueTuple.Create(entry.Before, entry.After)).SingleAsync()));
    }

    [Fact]
    public async Task A_guest_becomes_a_member_because_no_guest_can_be_global_admin()
    {
        var anna = await _database.Scenario.MemberAsync(_alpine, await PersonAsync());
        await _database.Scenario.ChangeAsync(anna, fresh =>
        {
            fresh.BecomeGuest(_database.Time.Now.AddDays(1));
            return fresh;
        });

        await RecoverAsync();

        var member = await MemberAsync();
        Assert.False(member.IsGuest);
        Assert.True(member.IsLastingGlobalAdmin);
    }

    [Fact]
    public async Task Somebody_who_may_not_sign_in_is_refused()
    {
        await PersonAsync();
        await _database.QueryAsync(async db =>
        {
            (await db.People.SingleAsync()).Disable();
            return await db.SaveChangesAsync();
        });

        Assert.Equal(RecoveryOutcome.PersonIsDisabled, await RecoverAsync());
        Assert.Equal(0, await _database.QueryAsync(db => db.Memberships.CountAsync()));
    }

    [Fact]
    public async Task Of_two_recoveries_at_the_same_instant_one_is_done()
    {
        var outcomes = await Task.WhenAll(
            Task.Run(() => RecoverAsync()),
            Task.Run(() => RecoverAsync("bas@alpine.example")));

        Assert.Equal([RecoveryOutcome.Recovered, RecoveryOutcome.HasGlobalAdmin], outcomes.Order());
        Assert.Equal(1, await _database.QueryAsync(db => db.People.CountAsync()));
    }

    private static Membership Bring(Membership member, MembershipStatus status)
    {
        var now = FixedTime.Start;
        if (status == MembershipStatus.Disabled)
            member.Disable(now);
        else
            member.Remove(now);
        if (status == MembershipStatus.Invited)
            member.InviteBack("Somebody", now);
        return member;
    }

    private Task<Person> PersonAsync() => _database.Scenario.PersonAsync("Anna Berg", address: Address);

    private Task<RecoveryOutcome> RecoverAsync(string address = Address) =>
        _database.WithAsync<OrganizationRecovery, RecoveryOutcome>(recovery => recovery.RecoverAsync(_alpine.Id, "Anna Berg", address));

    private Task<Membership> MemberAsync() => _database.QueryAsync(db =>
        db.Memberships.Include(membership => membership.Person).Include(membership => membership.Roles).SingleAsync());
}
