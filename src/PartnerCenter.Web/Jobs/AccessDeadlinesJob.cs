using PartnerCenter.Data.Access;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Jobs;

/// <summary>Ends what has ended and announces what ends soon; one instance at a time does it.</summary>
public sealed partial class AccessDeadlinesJob(
    IServiceScopeFactory scopes,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<AccessDeadlinesJob> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.HasStartedAsync(stoppingToken))
            return;

        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<JobLeases>().TryHoldAsync(nameof(AccessDeadlinesJob), stoppingToken))
                    await scope.ServiceProvider.GetRequiredService<AccessDeadlines>().RunAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What ends by itself could not be written down; it counts no more anyway, and the next round tries again")]
    private partial void LogFault(Exception fault);
}
