using Microsoft.Extensions.Options;
using PartnerCenter.Data.Communications;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Jobs;

/// <summary>Forgets archived items after as many months as the configuration says.</summary>
public sealed class RetentionJob(
    IServiceScopeFactory scopes,
    IOptions<CommunicationOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RetentionJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval { get; } = TimeSpan.FromHours(6);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<ArchiveRetention>()
            .RunOnceAsync(_time.GetUtcNow().UtcDateTime.AddMonths(-options.Value.ArchivedMonths), cancellation);
}
