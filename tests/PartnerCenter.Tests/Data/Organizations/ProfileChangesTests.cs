using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Organizations;

public sealed class ProfileChangesTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _admin = null!;

    private Actor Admin => new("Anna Winter", _admin.Id);

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _admin = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.GlobalAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_new_name_is_in_the_log_beside_the_old_one()
    {
        await RunAsync(changes => changes.RenameAsync(_alpine.Id, Admin, "  Alpine Cloud AG "));
        await RunAsync(changes => changes.RenameAsync(_alpine.Id, Admin, "Alpine Cloud AG"));

        var entry = Assert.Single(await LogAsync());
        Assert.Equal((AuditAction.OrganizationRenamed, "The company alpine-cloud", "Alpine Cloud AG"), (entry.Action, entry.Before, entry.After));
    }

    [Fact]
    public async Task An_account_admin_keeps_the_locations_and_not_the_name()
    {
        var account = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.AccountAdmin);
        var actor = new Actor("Mila", account.Id);

        await RunAsync(changes => changes.AddLocationAsync(_alpine.Id, actor, "Bern", "Bern", "ch"));
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => RunAsync(changes => changes.RenameAsync(_alpine.Id, actor, "Mine")));

        Assert.Equal(Reasons.NotYoursAnyMore, refused.Reason);
        Assert.Equal(("Bern", "CH"), await LocationAsync(location => ValueTuple.Create(location.Name, location.Country)));
    }

    [Fact]
    public async Task A_location_is_added_changed_and_removed_and_the_log_says_how()
    {
        await RunAsync(changes => changes.AddLocationAsync(_alpine.Id, Admin, "Bern", "Bern", "CH"));
        var id = await LocationAsync(location => location.Id);
        await RunAsync(changes => changes.ChangeLocationAsync(_alpine.Id, Admin, id, "Paris", "Paris", "FR"));
        await RunAsync(changes => changes.ChangeLocationAsync(_alpine.Id, Admin, id, "Paris", "Paris", "FR"));
        await RunAsync(changes => changes.RemoveLocationAsync(_alpine.Id, Admin, id));

        Assert.Equal(
            [
                (AuditAction.LocationAdded, null, "Bern, Bern, CH"),
                (AuditAction.LocationChanged, "Bern, Bern, CH", "Paris, Paris, FR"),
                (AuditAction.LocationRemoved, "Paris, Paris, FR", null),
            ],
            (await LogAsync()).Select(entry => (entry.Action, entry.Before, entry.After)));
    }

    [Fact]
    public async Task A_country_that_is_not_there_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            RunAsync(changes => changes.AddLocationAsync(_alpine.Id, Admin, "Moon", "Moon", "XX")));

        Assert.Equal(Reasons.UnknownCountry, refused.Reason);
    }

    [Fact]
    public async Task A_location_of_another_organization_is_not_there()
    {
        var harbor = await _database.Scenario.OrganizationAsync("harbor-apps");
        var owner = await _database.Scenario.MemberAsync(harbor, RoleCatalogue.GlobalAdmin);
        await RunAsync(changes => changes.AddLocationAsync(_alpine.Id, Admin, "Bern", "Bern", "CH"));
        var id = await LocationAsync(location => location.Id);
        var foreigner = new Actor("Omar", owner.Id);

        Assert.False(await _database.WithAsync<ProfileChanges, bool>(changes => changes.RemoveLocationAsync(harbor.Id, foreigner, id)));
        Assert.False(await _database.WithAsync<ProfileChanges, bool>(changes => changes.ChangeLocationAsync(harbor.Id, foreigner, id, "X", "X", "CH")));
        Assert.Equal("Bern", await LocationAsync(location => location.Name));
    }

    [Fact]
    public async Task A_location_that_a_role_counts_for_stays_because_the_role_would_count_everywhere()
    {
        var (location, member) = await LimitedRoleAsync();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            RunAsync(changes => changes.RemoveLocationAsync(_alpine.Id, Admin, location)));

        Assert.Equal(Reasons.LocationIsUsed, refused.Reason);
        Assert.Equal(location, await _database.QueryAsync(db =>
            db.Memberships.Where(row => row.Id == member.Id).SelectMany(row => row.Roles).Select(grant => grant.LocationId).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_who_can_still_be_brought_back_keeps_the_location_and_somebody_gone_for_good_does_not()
    {
        var (location, member) = await LimitedRoleAsync();
        await _database.WithAsync<MemberChanges, bool>(changes => changes.RemoveAsync(_alpine.Id, Admin, member.Id));
        await Assert.ThrowsAsync<RuleViolationException>(() => RunAsync(changes => changes.RemoveLocationAsync(_alpine.Id, Admin, location)));

        _database.Time.Advance(MembershipPolicy.RestorableFor);
        await RunAsync(changes => changes.RemoveLocationAsync(_alpine.Id, Admin, location));

        Assert.Empty(await _database.QueryAsync(db => db.Organizations.SelectMany(organization => organization.Locations).ToListAsync()));
        Assert.Empty(await _database.QueryAsync(db => db.Memberships.Where(row => row.Id == member.Id).SelectMany(row => row.Roles).ToListAsync()));
        Assert.Equal([AuditAction.RoleEnded, AuditAction.LocationRemoved], (await LogAsync()).TakeLast(2).Select(entry => entry.Action));
    }

    private async Task<(int Location, Membership Member)> LimitedRoleAsync()
    {
        await RunAsync(changes => changes.AddLocationAsync(_alpine.Id, Admin, "Bern", "Bern", "CH"));
        var location = await LocationAsync(location => location.Id);
        var member = await _database.Scenario.MemberAsync(_alpine);
        await _database.WithAsync<RoleChanges, RoleDifference?>(roles =>
            roles.SetAsync(_alpine.Id, Admin, member.Id, [new WantedRole(RoleCatalogue.ReferralsUser, location)]));
        return (location, member);
    }

    private Task RunAsync(Func<ProfileChanges, Task> act) => _database.WithAsync<ProfileChanges, bool>(async changes =>
    {
        await act(changes);
        return true;
    });

    private async Task<T> LocationAsync<T>(Func<Location, T> of) =>
        of(await _database.QueryAsync(db => db.Organizations.SelectMany(organization => organization.Locations).SingleAsync()));

    private Task<List<AuditEntry>> LogAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());
}
