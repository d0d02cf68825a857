using Microsoft.EntityFrameworkCore;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Jobs;

/// <summary>
/// Work that comes back every so often and that one instance at a time does. A fault ends the round, never the job: the next round
/// goes on from what was saved.
/// </summary>
public abstract partial class LeasedJob(IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger logger)
    : BackgroundService
{
    private string Name => GetType().Name;

    /// <summary>How long it waits between two rounds.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Does a portion of the work and saves it.</summary>
    /// <param name="services">What this portion works with.</param>
    /// <param name="cancellation">The portal ends.</param>
    /// <returns>Whether there may be more to do at once.</returns>
    protected abstract Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.HasStartedAsync(stoppingToken))
            return;

        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                while (await RunIfMineAsync(stoppingToken))
                    stoppingToken.ThrowIfCancellationRequested();
            }
            catch (DbUpdateException taken) when (!stoppingToken.IsCancellationRequested)
            {
                // As a rule another instance, that held the lease a moment ago, wrote the same.
                LogTaken(taken, Name);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault, Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> RunIfMineAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<JobLeases>().TryHoldAsync(Name, cancellation)
            && await RunOnceAsync(scope.ServiceProvider, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} could not save its work, which was changed meanwhile; the next round sees where it stands")]
    private partial void LogTaken(Exception taken, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} met a fault; it goes on with the next round")]
    private partial void LogFault(Exception fault, string job);
}
