using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Jobs;

/// <summary>Reminds members of actions whose due date comes near or has passed.</summary>
public sealed class ReminderJob(
    IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ReminderJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval { get; } = TimeSpan.FromMinutes(3);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<Reminders>().RunOnceAsync(cancellation);
}
