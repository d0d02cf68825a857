namespace PartnerCenter.Web.Jobs;

/// <summary>Lets a job wait until the portal is up: a start that fails, on a busy port say, must not have sent mails meanwhile.</summary>
internal static class PortalStart
{
    /// <returns>False when the portal ends without having started.</returns>
    public static async Task<bool> HasStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var onStop = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
