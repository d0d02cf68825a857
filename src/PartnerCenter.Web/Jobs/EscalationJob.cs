using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Jobs;

/// <summary>Takes mandatory actions that nobody has read to the next administrators up.</summary>
public sealed class EscalationJob(
    IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<EscalationJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval { get; } = TimeSpan.FromMinutes(3);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<Escalations>().RunOnceAsync(cancellation);
}
