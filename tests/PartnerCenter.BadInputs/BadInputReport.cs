using System.Globalization;
using System.Text;

namespace PartnerCenter.BadInputs;

/// <summary>What became of a run.</summary>
/// <param name="Count">How many requests were answered.</param>
/// <param name="Seed">What they can be made again from.</param>
/// <param name="Routes">How many routes they went to.</param>
/// <param name="Statuses">How many answers had which status.</param>
/// <param name="Median">How long half of the answers took at most.</param>
/// <param name="P99">How long 99 of 100 answers took at most, with four requests on their way at the same time.</param>
/// <param name="Longest">How long the slowest took.</param>
/// <param name="Findings">What must not be, at most one line for each sort of it and route.</param>
public sealed record BadInputReport(
    int Count,
    int Seed,
    int Routes,
    IReadOnlyDictionary<int, int> Statuses,
    TimeSpan Median,
    TimeSpan P99,
    TimeSpan Longest,
    IReadOnlyList<string> Findings)
{
    /// <summary>In the place of a status: the server closed the connection on a request that is larger than it reads.</summary>
    public const int ClosedUnread = 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Count:N0} bad inputs to {Routes} routes, seed {Seed}");
        foreach (var (status, answers) in Statuses.OrderBy(status => status.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(status == ClosedUnread ? "too large, closed unread" : status),-25}{answers,9:N0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"median {Median.TotalMilliseconds:0.0} ms, p99 {P99.TotalMilliseconds:0.0} ms, longest {Longest.TotalMilliseconds:0.0} ms");
        text.Append(CultureInfo.InvariantCulture, $"{Findings.Count} findings");
        foreach (var finding in Findings)
            text.AppendLine().Append("  ").Append(finding);
        return text.ToString();
    }
}
