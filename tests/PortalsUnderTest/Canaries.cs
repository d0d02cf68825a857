using System.Text.RegularExpressions;
using PartnerCenter.Data.Demo;

namespace PartnerCenter.Tests.PortalsUnderTest;

/// <summary>
/// What must never be logged, as far as it can be known again: whatever a test has marked, the people of the demo, addresses, API keys,
/// and what looks like a secret or a sealed word.
/// </summary>
internal static partial class Canaries
{
    /// <summary>Stands in everything that a test plants.</summary>
    public const string Marker = "kanarie";

    private const int MostTold = 5;

    private static readonly string[] Words = [Marker, .. DemoPeople.All.Select(person => person.Name)];

    /// <summary>The lines that tell of somebody.</summary>
    public static IEnumerable<string> In(IEnumerable<string> lines) =>
        lines.Where(line => Words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)) || Told().IsMatch(line));

    /// <summary>The first lines that tell of somebody in what a portal has logged, which may still be writing.</summary>
    /// <param name="folder">Where its logs are, if it has any.</param>
    public static IReadOnlyList<string> InLogs(string folder) => [.. In(Directory.Exists(folder) ? Directory.EnumerateFiles(folder).SelectMany(LinesOf) : []).Take(MostTold)];

    /// <summary>The lines of a log that may still be written to.</summary>
    public static IEnumerable<string> LinesOf(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    // A secret of 256 bits has 43 characters; what the framework seals begins alike.
    [GeneratedRegex(@"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]|pck_[A-Za-z0-9]|CfDJ8|(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();
}
