using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Web.Jobs;

/// <summary>Turns what was published into mails that wait; one instance at a time does it.</summary>
public sealed partial class MailFanOutJob(
    IServiceScopeFactory scopes,
    IOptions<MailOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<MailFanOutJob> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.HasStartedAsync(stoppingToken))
            return;

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PollMilliseconds), time);
        do
        {
            try
            {
                while (await RunOnceAsync(stoppingToken))
                    stoppingToken.ThrowIfCancellationRequested();
            }
            catch (DbUpdateException)
            {
                // Another instance did the same batch; the next round sees where it stopped.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<JobLeases>().TryHoldAsync(nameof(MailFanOutJob), cancellation)
            && await scope.ServiceProvider.GetRequiredService<MailFanOut>().RunOnceAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail fan-out met a fault; it goes on with the next round")]
    private partial void LogFault(Exception fault);
}
