using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Benchmarks;

/// <summary>Does what the mail side holds in memory grow with how much it has sent? What is measured is the drain of one communication to very many members.</summary>
internal static class MailMemoryBenchmark
{
    private const int Parallel = 8;
    private const double MostGrowth = 1.2;

    public static async Task<int> RunAsync(int mails)
    {
        using var sink = await MailSink.StartAsync(TimeSpan.Zero);
        await using var portal = await MailPortal.OpenAsync(sink.Options, Parallel, mails);
        Console.WriteLine($"mail memory: {mails:N0} members");
        var milliseconds = await Stopwatches.TimeAsync(portal.QueueAsync);
        Console.WriteLine($"mail memory: fanned out at {mails / milliseconds * 1000:N0} mails/s");

        List<(double Heap, double Resident)> samples = [];
        var done = 0;
        milliseconds = await Stopwatches.TimeAsync(async () =>
        {
            int sent;
            while ((sent = await portal.Dispatcher.RunOnceAsync()) > 0)
            {
                samples.Add((GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet));
                if (done * 10L / mails != (done += sent) * 10L / mails)
                    Console.WriteLine($"mail memory: {done:N0} sent, {samples[^1].Heap / 1024 / 1024:N0} MB on the heap, {samples[^1].Resident / 1024 / 1024:N0} MB resident");
            }
        });
        if (await portal.CountAsync(MailState.Sent) is var all && all != mails)
            throw new InvalidOperationException($"{all} mails went, not {mails}.");

        var (second, last) = (Quarter(samples, 1), Quarter(samples, 3));
        var (heap, resident) = (last.Heap / second.Heap, last.Resident / second.Resident);
        Console.WriteLine($"mail memory: drained at {mails / milliseconds * 1000:N0} mails/s; from the second quarter to the last, heap x{heap:0.00}, resident x{resident:0.00} (goal: at most x{MostGrowth} each)");
        return heap <= MostGrowth && resident <= MostGrowth ? 0 : 1;
    }

    // The mean: how full the heap is at one moment depends on when it was last cleaned up.
    private static (double Heap, double Resident) Quarter(List<(double Heap, double Resident)> samples, int quarter)
    {
        var size = samples.Count / 4;
        var of = samples.GetRange(quarter * size, size);
        return (of.Average(sample => sample.Heap), of.Average(sample => sample.Resident));
    }
}
