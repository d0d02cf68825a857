using PartnerCenter.Data.Communications;

namespace PartnerCenter.Web.Jobs;

/// <summary>Ends communications that have expired.</summary>
public sealed class ExpiryJob(
    IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ExpiryJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<Expiry>().RunOnceAsync(cancellation);
}
