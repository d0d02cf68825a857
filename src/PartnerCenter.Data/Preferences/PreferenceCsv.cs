using System.Globalization;
using PartnerCenter.Data.Files;
using PartnerCenter.Domain;

namespace PartnerCenter.Data.Preferences;

/// <summary>Preferences of an old system as a file: one line per decision. <c>docs/preferences-csv.md</c> describes it.</summary>
public static class PreferenceCsv
{
    public const int MostRows = 20_000;
    public const int MostMegabytes = 5;
    public const int MostBytes = MostMegabytes * 1024 * 1024;

    /// <summary>How many characters a field can have; no address or job title has more.</summary>
    public const int LongestField = 254;

    /// <summary>What stands for all workspaces.</summary>
    public const string AllWorkspaces = "all";

    private const string Organization = "organization";
    private const string Address = "address";
    private const string Preference = "preference";
    private const string Workspace = "workspace";
    private const string Value = "value";
    private const string DecidedAt = "decided_at";

    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>The heading, the same in every language; a file may have them in any order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Organization, Address, Preference, Workspace, Value, DecidedAt];

    private static CsvFormat Format { get; } = new(Columns, Address, MostRows, MostMegabytes, LongestField);

    /// <summary>Reads a file as somebody sent it.</summary>
    public static PreferenceCsvFile Read(byte[] content)
    {
        var table = CsvTable.Read(content, Format);
        return new PreferenceCsvFile(table.Fault, [.. table.Rows.Select(LineFrom)]);
    }

    private static PreferenceCsvLine LineFrom(CsvRow row)
    {
        if (row.Fault is { } fault)
            return new PreferenceCsvLine(row.Number, row.About) { Fault = fault };

        var moment = row[DecidedAt];
        var isKnown = DateTimeOffset.TryParseExact(
            moment, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var decidedAt);
        return new PreferenceCsvLine(row.Number, row[Address])
        {
            Organization = row[Organization],
            Preference = row[Preference],
            Workspace = row[Workspace],
            Value = row[Value],
            DecidedAt = decidedAt.UtcDateTime,
            Fault = isKnown ? null : Reasons.NoMoment(CsvRow.Shortened(moment)),
        };
    }
}

/// <summary>A file that was read.</summary>
/// <param name="Fault">Why it cannot be read at all; null if its lines are there.</param>
/// <param name="Lines">Its lines, each with what is wrong with it, if anything.</param>
public sealed record PreferenceCsvFile(Reason? Fault, IReadOnlyList<PreferenceCsvLine> Lines);

/// <summary>A decision as the old system tells it.</summary>
/// <param name="Number">Its row as a spreadsheet counts: the heading is usually row 1.</param>
/// <param name="Address">The address that the person signs in with.</param>
public sealed record PreferenceCsvLine(int Number, string Address)
{
    /// <summary>Why it cannot be read; null if it can.</summary>
    public Reason? Fault { get; init; }

    /// <summary>The key of the organization in which it was decided.</summary>
    public string Organization { get; init; } = "";

    /// <summary>The key of a kind of mail, or one of the <see cref="PreferenceNames"/>.</summary>
    public string Preference { get; init; } = "";

    public string Workspace { get; init; } = "";

    public string Value { get; init; } = "";

    /// <summary>When it was decided, in UTC.</summary>
    public DateTime DecidedAt { get; init; }
}

/// <summary>What the preferences that are no choice of mail are called in a file.</summary>
public static class PreferenceNames
{
    public const string JobTitle = "job-title";
    public const string EmailLanguage = "email-language";
    public const string TimeZone = "time-zone";
}
