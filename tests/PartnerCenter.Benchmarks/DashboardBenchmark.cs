namespace PartnerCenter.Benchmarks;

/// <summary>
/// What the dashboard costs with everything that it asks the database, against the same page of the same portal when all of that is
/// already in memory: the session, the lists, the bell and the menu of the person.
/// </summary>
internal static class DashboardBenchmark
{
    private const string Address = "/o/bench";
    private const int Live = 200;
    private const int Communications = 10_000;
    private const int Members = 1_000;
    private const int WarmUps = 8;
    private const int Rounds = 7;
    private const int RequestsOfRound = 800;
    private const int Readers = 8;
    private const double Least = 0.20;

    public static async Task<int> RunAsync()
    {
        await using var asking = await RunningPortal.OpenAsync(Live, Communications, Members);
        await using var remembering = await RunningPortal.OpenAsync(Live, Communications, Members, services => services.AddMemory());
        var bytes = await asking.ReadAsync(Address);
        if (await remembering.ReadAsync(Address) is var remembered && remembered != bytes)
            throw new InvalidOperationException($"The page from memory is not the same page: {remembered} bytes, not {bytes}.");
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await RateAsync(asking, Address);
            await RateAsync(remembering, Address);
        }

        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (live, ceiling) = (await RateAsync(asking, Address), await RateAsync(remembering, Address));
            Console.WriteLine($"dashboard of {bytes:N0} bytes: {live:N0} pages/s, from memory {ceiling:N0} pages/s");
            ratios.Add(live / ceiling);
        }

        var median = ratios.Order().ElementAt(ratios.Count / 2);
        Console.WriteLine($"dashboard: x{median:0.00} of the same page from memory (goal: at least x{Least:0.00})");
        return median >= Least ? 0 : 1;
    }

    /// <returns>Pages in a second, when several readers ask one after the other.</returns>
    private static async Task<double> RateAsync(RunningPortal portal, string address)
    {
        var milliseconds = await Stopwatches.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            for (var request = 0; request < RequestsOfRound / Readers; request++)
                await portal.ReadAsync(address);
        })));
        return RequestsOfRound / milliseconds * 1000;
    }
}
