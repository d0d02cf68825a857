using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class ArchiveRetentionTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _anna = null!;

    private DateTime Now => _database.Time.Now;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _anna = await _database.Scenario.MemberAsync(_alpine, BillingAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_is_over_and_was_archived_long_ago_is_forgotten()
    {
        var id = await ArchivedAsync();
        await EndAsync(id);
        _database.Time.Advance(TimeSpan.FromDays(10));

        await RunAsync(Now.AddDays(-9));

        Assert.Empty(await StatesAsync());
        Assert.Empty(await _database.As(_anna).ArchivedAsync());
    }

    [Fact]
    public async Task What_was_archived_later_is_kept()
    {
        var id = await ArchivedAsync();
        await EndAsync(id);
        _database.Time.Advance(TimeSpan.FromDays(10));

        await RunAsync(Now.AddDays(-10));

        Assert.Equal([id], await _database.As(_anna).ArchivedAsync());
    }

    [Fact]
    public async Task What_still_lives_stays_archived_however_long_ago_that_was()
    {
        var id = await ArchivedAsync();
        _database.Time.Advance(TimeSpan.FromDays(1000));

        await RunAsync(Now);

        Assert.Equal([id], await _database.As(_anna).ArchivedAsync());
        Assert.Empty(await _database.As(_anna).NotificationsAsync());
    }

    [Fact]
    public async Task What_was_only_read_is_kept()
    {
        var id = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification());
        await _database.As(_anna).ReadAsync(id);
        await EndAsync(id);
        _database.Time.Advance(TimeSpan.FromDays(1000));

        await RunAsync(Now);

        Assert.Equal([id], await StatesAsync());
    }

    [Fact]
    public async Task More_than_one_batch_is_forgotten_by_two_at_once()
    {
        const int count = ArchiveRetention.BatchSize + 20;
        var id = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification());
        await _database.WithAsync<PartnerCenter.Data.PartnerCenterDb, int>(db =>
        {
            db.Attach(_alpine);
            for (var n = 0; n < count; n++)
                db.Add(new Membership(_alpine, new Person($"Member {n}", $"member-{n}@example.com"), Now));
            return db.SaveChangesAsync();
        });
        await _database.WithAsync<PartnerCenter.Data.PartnerCenterDb, int>(async db =>
        {
            foreach (var member in await db.Memberships.Select(membership => membership.Id).ToListAsync())
                db.Add(new MemberState(member, id)).Entity.Archive(new CommunicationStanding { Kind = CommunicationKind.PromotionalNotification }, Now);
            return await db.SaveChangesAsync();
        });
        await EndAsync(id);

        await Task.WhenAll(Task.Run(DespiteOthersAsync), Task.Run(DespiteOthersAsync));

        Assert.Empty(await StatesAsync());

        async Task DespiteOthersAsync()
        {
            while (true)
            {
                try
                {
                    await RunAsync(Now.AddTicks(1));
                    return;
                }
                catch (DbUpdateConcurrencyException)
                {
                    // It was second; the job looks again in its next round.
                }
            }
        }
    }

    private async Task<long> ArchivedAsync()
    {
        var id = await _database.Scenario.PublishAsync(Drafts.PromotionalNotification());
        await _database.As(_anna).ArchiveAsync(id);
        return id;
    }

    private Task EndAsync(long id) => _database.WithAsync<PartnerCenter.Data.PartnerCenterDb, int>(async db =>
    {
        (await db.Communications.Include(communication => communication.Targets).SingleAsync(communication => communication.Id == id)).Expire();
        return await db.SaveChangesAsync();
    });

    private async Task RunAsync(DateTime before)
    {
        while (await _database.WithAsync<ArchiveRetention, bool>(retention => retention.RunOnceAsync(before)))
        {
            // The next batch.
        }
    }

    private Task<List<long>> StatesAsync() => _database.QueryAsync(db => db.MemberStates.Select(state => state.CommunicationId).ToListAsync());
}
