using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Jobs;

/// <summary>Forgets archived items after as many months as the configuration says, and what the <see cref="RetentionTable"/> names.</summary>
public sealed class RetentionJob(
    IServiceScopeFactory scopes,
    IOptions<CommunicationOptions> communications,
    IOptions<RetentionOptions> retention,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RetentionJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval { get; } = TimeSpan.FromHours(6);

    protected override async Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var isMore = await services.GetRequiredService<ArchiveRetention>().RunOnceAsync(now.AddMonths(-communications.Value.ArchivedMonths), cancellation);
        var db = services.GetRequiredService<PartnerCenterDb>();
        foreach (var row in RetentionTable.Rows)
        {
            var forgotten = await row.BeforeAsync(db, now.AddDays(-retention.Value.DaysOf(row.Setting)), cancellation);
            await db.SaveChangesAsync(cancellation);
            isMore |= forgotten > 0;
        }

        return isMore;
    }
}
