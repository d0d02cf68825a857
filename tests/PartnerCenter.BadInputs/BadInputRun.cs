using System.Collections.Concurrent;
using System.Diagnostics;

namespace PartnerCenter.BadInputs;

/// <summary>Sends bad inputs to a portal of its own and looks at every answer.</summary>
public static class BadInputRun
{
    // The callers are what they were again after so many requests, some of which took away what they may do.
    private const int BetweenRepairs = 400;

    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">What chooses them: the same seed makes the same requests.</param>
    public static async Task<BadInputReport> OfAsync(int count, int seed)
    {
        await using var portal = await AttackedPortal.StartAsync();
        var routes = AttackedRoute.AllOf(portal.Services);
        var maker = new RequestMaker(portal.Address, routes, portal.Callers);
        var times = new long[count];
        var statuses = new ConcurrentDictionary<int, int>();
        var findings = new ConcurrentDictionary<(string Route, string Fault), string>();

        for (var done = 0; done < count; done += BetweenRepairs)
        {
            await portal.RepairCallersAsync();
            await Parallel.ForAsync(done, Math.Min(count, done + BetweenRepairs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, SendAsync);
        }

        foreach (var fault in portal.LoggedFaults)
            findings.TryAdd(("log", fault), $"a fault was logged: {fault}");
        foreach (var line in portal.LoggedCanaries)
            findings.TryAdd(("log", line), $"the log tells of somebody: {line}");
        Array.Sort(times);
        return new BadInputReport(
            count, seed, routes.Count, statuses, TimeAt(0.5), TimeAt(0.99), TimeAt(1), [.. findings.Values.Order(StringComparer.Ordinal)]);

        TimeSpan TimeAt(double part) => Stopwatch.GetElapsedTime(0, times[Math.Max(0, (int)Math.Ceiling(count * part) - 1)]);

        async ValueTask SendAsync(int number, CancellationToken cancellation)
        {
            using var input = maker.Make(number, new Random(unchecked((seed * 1_000_003) + number)));
            using var patience = new CancellationTokenSource(Patience);
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await portal.Http.SendAsync(input.Request, patience.Token);
                var body = await answer.Content.ReadAsStringAsync(patience.Token);
                times[number] = Stopwatch.GetTimestamp() - start;
                statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, before) => before + 1);
                foreach (var fault in AnswerRules.FaultsOf(answer, body, portal.Address, portal.Provider))
                    findings.TryAdd((input.Route, fault), $"{fault}: number {number}, {input}");
            }
            catch (OperationCanceledException)
            {
                findings.TryAdd((input.Route, "late"), $"no answer within {Patience.TotalSeconds} s: number {number}, {input}");
            }
            catch (HttpRequestException) when (input.IsMoreThanIsRead)
            {
                times[number] = Stopwatch.GetTimestamp() - start;
                statuses.AddOrUpdate(BadInputReport.ClosedUnread, 1, (_, before) => before + 1);
            }
            catch (HttpRequestException broken)
            {
                times[number] = Stopwatch.GetTimestamp() - start;
                findings.TryAdd((input.Route, "broken"), $"{broken.Message} ({broken.InnerException?.Message}): number {number}, {input}");
            }
        }
    }
}
