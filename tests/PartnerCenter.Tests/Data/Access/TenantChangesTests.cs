using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Access;

/// <summary>What the operator says of tenants on the machine. What an organization decides itself is tested with its page.</summary>
public sealed class TenantChangesTests : IAsyncLifetime, IDisposable
{
    private static readonly Guid Tenant = new("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Second = new("22222222-2222-4222-8222-222222222222");

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;

    public async Task InitializeAsync() => _alpine = await _database.Scenario.OrganizationAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(null, null)]
    [InlineData(true, null)]
    [InlineData(null, true)]
    [InlineData(true, true)]
    public async Task A_new_tenant_admits_from_the_first_moment_whom_it_is_said_to_and_nobody_else(bool? guests, bool? strangers)
    {
        Assert.Equal(TrustOutcome.Trusted, await TrustAsync(guests, strangers));

        Assert.Equal((guests == true, strangers == true), await AdmitsAsync());
        Assert.Equal(AuditAction.TenantTrusted, (await LogAsync())[0]);
    }

    [Fact]
    public async Task What_is_not_said_again_stays_as_the_organization_has_decided_it()
    {
        await TrustAsync(guests: true, strangers: true);

        await TrustAsync(guests: null, strangers: null);
        Assert.Equal((true, true), await AdmitsAsync());

        await TrustAsync(guests: false, strangers: null);
        Assert.Equal((false, true), await AdmitsAsync());

        await TrustAsync(guests: null, strangers: false);
        Assert.Equal((false, false), await AdmitsAsync());
        Assert.Equal(
            [AuditAction.TenantTrusted, AuditAction.TenantGuestsAdmitted, AuditAction.TenantStrangersAdmitted, AuditAction.TenantGuestsRefused, AuditAction.TenantStrangersRefused],
            await LogAsync());
    }

    [Fact]
    public async Task The_log_of_the_organization_says_that_it_was_done_on_the_machine_and_to_which_tenant()
    {
        await TrustAsync(guests: true, strangers: null);
        await EndAsync();

        var log = await _database.QueryAsync(db => db.AuditEntries.ToListAsync());
        Assert.All(log, entry => Assert.Equal((Actor.Host.Name, $"{Tenant:D}"), (entry.Actor, entry.Topic)));
        Assert.Equal(AuditAction.TenantTrustedNoMore, log[^1].Action);
    }

    [Fact]
    public async Task A_tenant_has_one_owner()
    {
        var lowland = await _database.Scenario.OrganizationAsync("lowland-digital");
        await TrustAsync(guests: null, strangers: null);

        Assert.Equal(TrustOutcome.IsOfSomebodyElse, await WithAsync(changes => changes.TrustAsync(Tenant, lowland.Id, guests: true, strangers: true)));
        Assert.Equal(TrustOutcome.IsOfSomebodyElse, await WithAsync(changes => changes.TrustAsync(Tenant, organizationId: null, guests: true, strangers: null)));

        Assert.Equal((false, false), await AdmitsAsync());
        Assert.Equal([AuditAction.TenantTrusted], await LogAsync());
    }

    [Fact]
    public async Task Of_the_tenant_of_the_company_nobody_becomes_a_member_and_no_organization_is_told()
    {
        await WithAsync(changes => changes.TrustAsync(Tenant, organizationId: null, guests: true, strangers: true));

        Assert.Equal((true, false), await AdmitsAsync());
        Assert.Empty(await LogAsync());
        Assert.Equal(TrustEndOutcome.Ended, await EndAsync());
        Assert.Equal(TrustEndOutcome.WasNotTrusted, await EndAsync());
    }

    [Fact]
    public async Task With_a_tenant_its_sessions_end_and_those_of_others_last()
    {
        await TrustAsync(guests: null, strangers: null);
        await SignInAsync("there", Tenant);
        await SignInAsync("elsewhere", Second);

        await EndAsync();

        Assert.Equal([$"{Second:D}"], await _database.QueryAsync(db => db.Sessions.Select(session => session.Tenant!).ToListAsync()));
    }

    [Fact]
    public async Task The_last_tenant_that_members_must_come_from_is_not_ended_unless_they_may_come_from_elsewhere_again()
    {
        await TrustAsync(guests: null, strangers: null);
        await TakeOnlyOwnAccountsAsync();
        await SignInAsync("there", Tenant);

        Assert.Equal(TrustEndOutcome.IsTheOnlyWayIn, await EndAsync());
        Assert.Equal((1, 1, true), await LeftAsync());

        Assert.Equal(TrustEndOutcome.Ended, await EndAsync(withOnlyWayIn: true));
        Assert.Equal((0, 0, false), await LeftAsync());
        Assert.Equal([AuditAction.TenantTrusted, AuditAction.OwnAccountsRequiredNoMore, AuditAction.TenantTrustedNoMore], await LogAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task As_long_as_there_is_another_tenant_members_must_still_come_from_there(bool withOnlyWayIn)
    {
        await TrustAsync(guests: null, strangers: null);
        await WithAsync(changes => changes.TrustAsync(Second, _alpine.Id, guests: null, strangers: null));
        await TakeOnlyOwnAccountsAsync();

        Assert.Equal(TrustEndOutcome.Ended, await EndAsync(withOnlyWayIn));

        Assert.Equal((1, 0, true), await LeftAsync());
    }

    private Task<TrustOutcome> TrustAsync(bool? guests, bool? strangers) => WithAsync(changes => changes.TrustAsync(Tenant, _alpine.Id, guests, strangers));

    private Task<TrustEndOutcome> EndAsync(bool withOnlyWayIn = false) => WithAsync(changes => changes.EndAsync(Tenant, withOnlyWayIn));

    private Task<T> WithAsync<T>(Func<TenantChanges, Task<T>> act) => _database.WithAsync(act);

    private async Task SignInAsync(string key, Guid tenant)
    {
        var person = await _database.Scenario.PersonAsync();
        await _database.WithAsync<PartnerCenterDb, int>(db =>
        {
            db.Attach(person);
            db.Add(new SignInSession(key, person, _database.Time.Now, new ProviderProof("entra", $"{tenant:D}", null, null, null)));
            return db.SaveChangesAsync();
        });
    }

    private Task<int> TakeOnlyOwnAccountsAsync() => _database.WithAsync<PartnerCenterDb, int>(async db =>
    {
        (await db.Organizations.SingleAsync(organization => organization.Id == _alpine.Id)).TakeOnlyOwnAccounts(true);
        return await db.SaveChangesAsync();
    });

    private Task<(bool Guests, bool Strangers)> AdmitsAsync() => _database.QueryAsync(async db =>
        await db.TrustedTenants.SingleAsync() is var tenant ? (tenant.AdmitsGuests, tenant.AdmitsStrangers) : default);

    private Task<(int Tenants, int Sessions, bool OnlyOwnAccounts)> LeftAsync() => _database.QueryAsync(async db =>
        (await db.TrustedTenants.CountAsync(), await db.Sessions.CountAsync(), await db.Organizations.AnyAsync(organization => organization.TakesOnlyOwnAccounts)));

    private Task<List<AuditAction>> LogAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
}
