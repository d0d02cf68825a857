using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerCenter.Domain;

namespace PartnerCenter.Data.Files;

/// <summary>What a CSV file must look like to be read.</summary>
/// <param name="Columns">The heading, the same in every language; a file may have them in any order.</param>
/// <param name="About">The column that says whom or what a row is about.</param>
/// <param name="MostRows">How many rows a file can have.</param>
/// <param name="MostMegabytes">How large it can be.</param>
/// <param name="LongestField">How many characters a field can have.</param>
public sealed record CsvFormat(IReadOnlyList<string> Columns, string About, int MostRows, int MostMegabytes, int LongestField)
{
    public int MostBytes => MostMegabytes * 1024 * 1024;
}

/// <summary>A CSV file as somebody sent it: UTF-8, with commas or semicolons. What is wrong with it is said by file, or by row.</summary>
/// <param name="Fault">Why it cannot be read at all; null if its rows are there.</param>
/// <param name="Rows">Its rows, each with what is wrong with it, if anything.</param>
public sealed record CsvTable(Reason? Fault, IReadOnlyList<CsvRow> Rows)
{
    private const char Comma = ',';
    private const char Semicolon = ';';

    public static CsvTable Read(byte[] content, CsvFormat format)
    {
        if (content.Length > format.MostBytes)
            return Refused(Reasons.FileTooLarge(format.MostMegabytes));
        if (Decode(content) is not { } text)
            return Refused(Reasons.FileIsNotUtf8);
        if (string.IsNullOrWhiteSpace(text))
            return Refused(Reasons.FileIsEmpty);

        var isBroken = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(),
            IgnoreBlankLines = false,
            BadDataFound = _ => isBroken = true,
        });

        Dictionary<string, int>? places = null;
        var rows = new List<CsvRow>();
        for (var number = 1; parser.Read(); number++)
        {
            isBroken = false;
            var fields = parser.Record!.Select(field => field.Trim()).ToList();
            if (fields.TrueForAll(field => field.Length == 0))
                continue;
            if (places is null)
            {
                if (FaultOfHeading(fields, format.Columns) is { } fault)
                    return Refused(fault);
                places = fields.Select((field, place) => (field, place)).ToDictionary(pair => pair.field, pair => pair.place, StringComparer.OrdinalIgnoreCase);
                continue;
            }

            if (rows.Count == format.MostRows)
                return Refused(Reasons.TooManyRows(format.MostRows));
            rows.Add(CsvRow.From(number, fields, places, format, isBroken || HasOpenQuote(parser)));
        }

        return rows.Count == 0 ? Refused(Reasons.FileHasNoRows) : new CsvTable(Fault: null, rows);
    }

    private static CsvTable Refused(Reason fault) => new(fault, []);

    private static string? Decode(byte[] content)
    {
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
            // UTF-16 of plain letters is valid UTF-8, with a NUL at every second place.
            return text.Contains('\0', StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static char DelimiterOf(string text)
    {
        var heading = text.TrimStart().AsSpan();
        var end = heading.IndexOfAny('\r', '\n');
        heading = end < 0 ? heading : heading[..end];
        return heading.Count(Semicolon) > heading.Count(Comma) ? Semicolon : Comma;
    }

    private static Reason? FaultOfHeading(List<string> fields, IReadOnlyList<string> columns)
    {
        var unknown = fields.Where(field => !columns.Contains(field, StringComparer.OrdinalIgnoreCase)).ToList();
        var missing = columns.Where(column => !fields.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        var repeated = fields.GroupBy(field => field, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return missing.Count > 0 && unknown.Count == 0 ? Reasons.MissingColumns(Listed(missing))
            : missing.Count > 0 ? Reasons.OtherColumns(Listed(unknown), Listed(missing))
            : unknown.Count > 0 ? Reasons.UnknownColumns(Listed(unknown))
            : repeated.Count > 0 ? Reasons.RepeatedColumns(Listed(repeated))
            : null;
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"“{CsvRow.Shortened(name)}”"));

    // A quotation mark that is never closed swallows the rest of the file, and no parser calls that wrong.
    private static bool HasOpenQuote(CsvParser parser) => parser.RawRecord.AsSpan().Count('"') % 2 != 0;
}

/// <summary>A row of a <see cref="CsvTable"/>.</summary>
public sealed class CsvRow
{
    private const int LongestShown = 60;

    private readonly List<string> _fields;
    private readonly Dictionary<string, int> _places;

    private CsvRow(int number, List<string> fields, Dictionary<string, int> places) => (Number, _fields, _places) = (number, fields, places);

    /// <summary>Its row as a spreadsheet counts: the heading is usually row 1.</summary>
    public int Number { get; }

    /// <summary>Whom or what it is about, short enough to be shown.</summary>
    public string About { get; private init; } = "";

    /// <summary>Why it cannot be read; null if it can.</summary>
    public Reason? Fault { get; private init; }

    /// <summary>What stands in a column of a row without fault.</summary>
    public string this[string column] => CsvFormulas.Undo(_fields[_places[column]]);

    /// <summary>Text of a file, short enough to be shown.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    internal static CsvRow From(int number, List<string> fields, Dictionary<string, int> places, CsvFormat format, bool isBroken)
    {
        Reason? fault = isBroken ? Reasons.BrokenQuotes
            : fields.Count != places.Count ? Reasons.WrongNumberOfFields(fields.Count, places.Count)
            : fields.Exists(field => field.Length > format.LongestField) ? Reasons.TooLong(format.LongestField)
            : null;
        var about = isBroken || fields.Count != places.Count ? fields[0] : CsvFormulas.Undo(fields[places[format.About]]);
        return new CsvRow(number, fields, places) { About = Shortened(about), Fault = fault };
    }
}
