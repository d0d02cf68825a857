using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class ExpiryTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_has_expired_leaves_the_list_and_the_count()
    {
        var anna = await MemberAsync();
        var passing = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification() with { ExpiresInDays = 3 });
        var lasting = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromDays(3));

        await RunAsync();

        Assert.Equal([lasting], await _database.As(anna).NotificationsAsync());
        Assert.Equal(1, (await _database.As(anna).CountAsync()).Badge);
        Assert.Equal([0], await _database.QueryAsync(db =>
            db.CommunicationTargets.Where(target => target.CommunicationId == passing).Select(target => target.Live).ToListAsync()));
    }

    [Fact]
    public async Task Until_that_moment_it_is_shown()
    {
        var anna = await MemberAsync();
        var id = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification() with { ExpiresInDays = 3 });
        _database.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromTicks(1));

        await RunAsync();

        Assert.Equal([id], await _database.As(anna).NotificationsAsync());
    }

    [Fact]
    public async Task More_than_one_batch_comes_to_an_end()
    {
        var anna = await MemberAsync();
        for (var n = 0; n < 45; n++)
            await _database.Scenario.PublishAsync(Drafts.PromotionalNotification("billing_admin", "owner") with { ExpiresInDays = 1 });
        _database.Time.Advance(TimeSpan.FromDays(1));

        await RunAsync();

        Assert.Empty(await _database.As(anna).NotificationsAsync());
        Assert.False(await _database.QueryAsync(db => db.CommunicationTargets.AnyAsync(target => target.Live == 1)));
    }

    [Fact]
    public async Task Two_who_do_it_at_once_do_no_harm()
    {
        var anna = await MemberAsync();
        for (var n = 0; n < 30; n++)
            await _database.Scenario.PublishAsync(Drafts.PromotionalNotification() with { ExpiresInDays = 1 });
        _database.Time.Advance(TimeSpan.FromDays(1));

        await Task.WhenAll(Task.Run(RunAsync), Task.Run(RunAsync));

        Assert.Empty(await _database.As(anna).NotificationsAsync());
    }

    private async Task<Membership> MemberAsync() => await _database.Scenario.MemberAsync(await _database.Scenario.OrganizationAsync(), BillingAdmin);

    private async Task RunAsync()
    {
        while (await _database.WithAsync<Expiry, bool>(expiry => expiry.RunOnceAsync()))
        {
            // The next batch.
        }
    }
}
