using Microsoft.Extensions.Options;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Web.Jobs;

/// <summary>Beats for this instance, and takes over what silent ones held.</summary>
public sealed partial class HeartbeatJob(
    IServiceScopeFactory scopes,
    InstanceName me,
    IOptions<MailOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<HeartbeatJob> logger) : BackgroundService
{
    private const int BeatsPerSilence = 8;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WithRegistryAsync(registry => registry.ReleaseAsync(me.Value, cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.HasStartedAsync(stoppingToken))
            return;

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)options.Value.SilenceSeconds / BeatsPerSilence), time);
        do
        {
            await WithRegistryAsync(registry => BeatAndLookAsync(registry, stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAndLookAsync(InstanceRegistry registry, CancellationToken cancellation)
    {
        await registry.BeatAsync(cancellation);
        foreach (var silent in await registry.FindSilentAsync(cancellation))
        {
            LogTakeOver(silent);
            await registry.ReleaseAsync(silent, cancellation);
        }
    }

    private async Task WithRegistryAsync(Func<InstanceRegistry, Task> work, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<InstanceRegistry>();
        try
        {
            await work(registry);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            registry.ForgetSilence();
            LogFault(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Instance} has fallen silent; its mails go back to the queue")]
    private partial void LogTakeOver(string instance);

    [LoggerMessage(Level = LogLevel.Error, Message = "The heartbeat could not be written")]
    private partial void LogFault(Exception fault);
}
