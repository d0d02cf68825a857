using System.Diagnostics;

namespace PartnerCenter.Benchmarks;

/// <summary>Measures two things in turns, so that whatever else the machine does hits both alike.</summary>
internal static class Stopwatches
{
    private const int WarmUps = 5;

    /// <returns>The median of each in milliseconds.</returns>
    public static async Task<(double First, double Second)> InTurnsAsync(int rounds, Func<Task> first, Func<Task> second)
    {
        for (var round = 0; round < WarmUps; round++)
        {
            await first();
            await second();
        }

        var (firsts, seconds) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            firsts.Add(await TimeAsync(first));
            seconds.Add(await TimeAsync(second));
        }

        return (Median(firsts), Median(seconds));
    }

    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
