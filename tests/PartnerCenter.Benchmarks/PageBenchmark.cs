namespace PartnerCenter.Benchmarks;

/// <summary>
/// What a member waits for the Action Center, through the whole portal on a real socket: with a hundred times the history, and with a
/// hundred times the members.
/// </summary>
internal static class PageBenchmark
{
    private const string Address = "/o/bench/action-center";
    private const int Few = 10_000;
    private const int FewMembers = 1_000;
    private const int Live = 200;
    private const int Rounds = 60;
    private const double MostByHistory = 1.2;
    private const double MostByMembers = 1.1;

    public static async Task<int> RunAsync(int communications, int members)
    {
        await using var small = await RunningPortal.OpenAsync(Live, Few, FewMembers);
        await using var aged = await RunningPortal.OpenAsync(Live, communications, FewMembers);
        await using var wide = await RunningPortal.OpenAsync(Live, Few, members);

        var byHistory = await Stopwatches.InTurnsAsync(Rounds, () => small.ReadAsync(Address), () => aged.ReadAsync(Address));
        var byMembers = await Stopwatches.InTurnsAsync(Rounds, () => small.ReadAsync(Address), () => wide.ReadAsync(Address));

        Console.WriteLine($"page of actions: {byHistory.First:0.0} ms with {Few:N0} communications, {byHistory.Second:0.0} ms with {communications:N0}: x{byHistory.Second / byHistory.First:0.00} (goal: at most x{MostByHistory})");
        Console.WriteLine($"page of actions: {byMembers.First:0.0} ms with {FewMembers:N0} members, {byMembers.Second:0.0} ms with {members:N0}: x{byMembers.Second / byMembers.First:0.00} (goal: at most x{MostByMembers})");
        return byHistory.Second / byHistory.First <= MostByHistory && byMembers.Second / byMembers.First <= MostByMembers ? 0 : 1;
    }
}
