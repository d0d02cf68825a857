namespace PartnerCenter.FaultTests.Rig;

/// <summary>Waits for what is sure to come, and says what did not.</summary>
internal static class Patience
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <param name="what">What is waited for, for the message of a failure.</param>
    /// <param name="atMost">How long the slowest machine may take.</param>
    /// <param name="isSo">Asked again and again.</param>
    public static async Task UntilAsync(string what, TimeSpan atMost, Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(atMost);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (!await isSo())
                await timer.WaitForNextTickAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"After {atMost.TotalSeconds:0} s still not: {what}.", late);
        }
    }

    public static Task UntilAsync(string what, TimeSpan atMost, Func<bool> isSo) => UntilAsync(what, atMost, () => Task.FromResult(isSo()));
}
