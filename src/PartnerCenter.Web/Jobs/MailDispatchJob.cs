using Microsoft.Extensions.Options;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Web.Jobs;

/// <summary>Sends the mails that are due; every instance does it, and no two send the same one.</summary>
public sealed partial class MailDispatchJob(
    MailDispatcher dispatcher,
    IOptions<MailOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<MailDispatchJob> logger) : BackgroundService
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
                while (await dispatcher.RunOnceAsync(stoppingToken) > 0)
                    stoppingToken.ThrowIfCancellationRequested();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail dispatch met a fault; it goes on with the next round")]
    private partial void LogFault(Exception fault);
}
