using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Benchmarks;

/// <summary>
/// Does what the mail side holds in memory grow with how much it has sent? Looked at again and again while one communication to very many
/// members is fanned out, and then while it is drained.
/// </summary>
internal static class MailMemoryBenchmark
{
    private const int Parallel = 8;
    private const double MostGrowth = 1.2;
    private const int LooksBetweenLines = 60;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(int mails)
    {
        using var sink = await MailSink.StartAsync(TimeSpan.Zero);
        await using var portal = await MailPortal.OpenAsync(sink.Options, Parallel, mails);
        Console.WriteLine($"mail memory: {mails:N0} members");

        var isFlat = await WatchAsync("fanned out", mails, portal.QueueAsync, () => portal.CountAsync(MailState.Queued));
        isFlat &= await WatchAsync("drained", mails, portal.DrainAsync, () => portal.CountAsync(MailState.Sent));
        return isFlat ? 0 : 1;
    }

    private static async Task<bool> WatchAsync(string what, int mails, Func<Task> work, Func<Task<int>> count)
    {
        List<Look> looks = [];
        using var isOver = new CancellationTokenSource();
        var watcher = LookAsync(looks, what, count, isOver.Token);
        var milliseconds = await Stopwatches.TimeAsync(work);
        await isOver.CancelAsync();
        await watcher;
        if (await count() is var all && all != mails)
            throw new InvalidOperationException($"{all} mails were {what}, not {mails}.");

        var (second, last) = (Quarter(looks, 1), Quarter(looks, 3));
        var (heap, resident) = (last.Heap / second.Heap, last.Resident / second.Resident);
        Console.WriteLine($"mail memory: {what} at {mails / milliseconds * 1000:N0} mails/s; from the second quarter to the last, heap x{heap:0.00}, resident x{resident:0.00} (goal: at most x{MostGrowth} each)");
        return heap <= MostGrowth && resident <= MostGrowth;
    }

    private static async Task LookAsync(List<Look> looks, string what, Func<Task<int>> count, CancellationToken isOver)
    {
        using var timer = new PeriodicTimer(BetweenLooks);
        while (!isOver.IsCancellationRequested)
        {
            var look = new Look(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
            if (looks.Count % LooksBetweenLines == 0)
                Console.WriteLine($"mail memory: {await count():N0} {what}, {look.Heap / 1024 / 1024:N0} MB on the heap, {look.Resident / 1024 / 1024:N0} MB resident");
            looks.Add(look);
            try
            {
                await timer.WaitForNextTickAsync(isOver);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // Of the heap the least: the rest is what has not been cleaned up yet.
    private static Look Quarter(List<Look> looks, int quarter)
    {
        var size = Math.Max(1, looks.Count / 4);
        var of = looks.GetRange(Math.Min(quarter * size, looks.Count - size), size);
        return new Look(of.Min(look => look.Heap), of.Average(look => look.Resident));
    }

    private sealed record Look(double Heap, double Resident);
}
