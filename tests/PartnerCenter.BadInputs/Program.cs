using System.Globalization;

namespace PartnerCenter.BadInputs;

/// <summary>The long form, for a person to start: see <c>docs/security/README.md</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var seed = Environment.TickCount & int.MaxValue;
        if (args.Length is 0 or > 2 || !IsNumber(args[0], out var count) || count == 0 || (args.Length == 2 && !IsNumber(args[1], out seed)))
            return Usage();

        var report = await BadInputRun.OfAsync(count, seed);
        Console.WriteLine(report);
        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int Usage()
    {
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project tests/PartnerCenter.BadInputs -- COUNT [SEED]

              Starts the portal with the demo data on a real socket and a database file of its own, and sends it COUNT requests that nobody
              means well: every route in turn, each with its own parameters, as people and systems that may use it and as others. The same
              SEED makes the same requests; without one it is new each time, and printed.

            Prints how many answers had which status, and how long they took. The exit code is 1 when an answer had a status from 500 on,
            told of the inside of the portal, led to another site or had other headers than it should have, or when a fault was logged.
            """);
        return 2;
    }
}
