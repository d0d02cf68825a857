using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Jobs;

/// <summary>Mails to those who gained access what is open there.</summary>
public sealed class CatchUpJob(
    IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CatchUpJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval { get; } = TimeSpan.FromSeconds(20);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<CatchUps>().RunOnceAsync(cancellation);
}
