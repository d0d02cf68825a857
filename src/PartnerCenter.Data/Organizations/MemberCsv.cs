using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>
/// The members of an organization and their roles as a file: one line per role, and one for somebody who has none. Reading and writing
/// stand side by side, so that what is written can be read again and means the same.
/// </summary>
public static class MemberCsv
{
    public const int MostRows = 1000;
    public const int MostMegabytes = 5;
    public const int MostBytes = MostMegabytes * 1024 * 1024;

    /// <summary>How many characters a field can have; no address, name or location has more.</summary>
    public const int LongestField = 254;

    public const string Yes = "yes";
    public const string No = "no";

    private const string Day = "yyyy-MM-dd";
    private const string Address = "address";
    private const string Name = "name";
    private const string Status = "status";
    private const string Guest = "guest";
    private const string GuestUntil = "guest_until";
    private const string Role = "role";
    private const string Location = "location";
    private const string RoleUntil = "role_until";
    private const char Comma = ',';
    private const char Semicolon = ';';
    private const char Apostrophe = '\'';
    private const int LongestShown = 60;

    // What makes a spreadsheet take a field for a formula.
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>The heading, the same in every language; a file may have them in any order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Address, Name, Status, Guest, GuestUntil, Role, Location, RoleUntil];

    /// <summary>Reads a file as somebody sent it.</summary>
    public static MemberCsvFile Read(byte[] content)
    {
        if (content.Length > MostBytes)
            return MemberCsvFile.Refused(Reasons.FileTooLarge(MostMegabytes));
        if (Decode(content) is not { } text)
            return MemberCsvFile.Refused(Reasons.FileIsNotUtf8);
        if (string.IsNullOrWhiteSpace(text))
            return MemberCsvFile.Refused(Reasons.FileIsEmpty);

        var isBroken = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(),
            IgnoreBlankLines = false,
            BadDataFound = _ => isBroken = true,
        });

        Dictionary<string, int>? places = null;
        var lines = new List<MemberCsvLine>();
        for (var number = 1; parser.Read(); number++)
        {
            isBroken = false;
            var fields = parser.Record!.Select(field => field.Trim()).ToList();
            if (fields.TrueForAll(field => field.Length == 0))
                continue;
            if (places is null)
            {
                if (FaultOfHeading(fields) is { } fault)
                    return MemberCsvFile.Refused(fault);
                places = fields.Select((field, place) => (field, place)).ToDictionary(pair => pair.field, pair => pair.place, StringComparer.OrdinalIgnoreCase);
                continue;
            }

            if (lines.Count == MostRows)
                return MemberCsvFile.Refused(Reasons.TooManyRows(MostRows));
            lines.Add(LineFrom(number, fields, places, isBroken || HasOpenQuote(parser)));
        }

        return lines.Count == 0 ? MemberCsvFile.Refused(Reasons.FileHasNoRows) : new MemberCsvFile(Fault: null, lines);
    }

    /// <summary>Writes a file that spreadsheets open as text and that can be imported again.</summary>
    /// <param name="stream">Where it goes, in UTF-8 with the mark that spreadsheets look for. It stays open.</param>
    /// <param name="rows">The lines, in their order; <see cref="RowsOf"/> makes them.</param>
    /// <param name="delimiter">What separates fields: a semicolon where the comma belongs to numbers.</param>
    /// <param name="cancellation">Stops in the middle.</param>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<MemberCsvRow> rows, char delimiter = Comma, CancellationToken cancellation = default)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString() }, leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();

        await foreach (var row in rows.WithCancellation(cancellation))
        {
            // In the order of the columns.
            csv.WriteField(Defuse(row.Address));
            csv.WriteField(Defuse(row.Name));
            csv.WriteField(row.Status.ToString());
            csv.WriteField(row.IsGuest ? Yes : No);
            csv.WriteField(DayOf(row.GuestEndsAt));
            csv.WriteField(row.Role);
            csv.WriteField(Defuse(row.Location ?? ""));
            csv.WriteField(DayOf(row.RoleEndsAt));
            await csv.NextRecordAsync();
        }
    }

    /// <summary>The lines of one member, who has been read with person, roles and their locations.</summary>
    public static IEnumerable<MemberCsvRow> RowsOf(Membership member)
    {
        var row = new MemberCsvRow(member.Person.SignInAddress, member.ShownName, member.Status, member.IsGuest, member.EndsAt);
        return member.Roles.Count == 0
            ? [row]
            : member.Roles.Select(grant => row with { Role = grant.Role, Location = grant.Location?.Name, RoleEndsAt = grant.EndsAt });
    }

    /// <summary>An apostrophe before what a spreadsheet would run as a formula. Fields that begin like a defused one get one more.</summary>
    public static string Defuse(string field) => IsFormula(field) ? Apostrophe + field : field;

    /// <summary>Takes off exactly what <see cref="Defuse"/> put on.</summary>
    public static string Undo(string field) => field.StartsWith(Apostrophe) && IsFormula(field[1..]) ? field[1..] : field;

    private static bool IsFormula(string field) => field.TrimStart(Apostrophe) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);

    private static string DayOf(DateTime? end) => end is { } known ? known.ToString(Day, CultureInfo.InvariantCulture) : "";

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

    private static Reason? FaultOfHeading(List<string> fields)
    {
        var unknown = fields.Where(field => !Columns.Contains(field, StringComparer.OrdinalIgnoreCase)).ToList();
        var missing = Columns.Where(column => !fields.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        var repeated = fields.GroupBy(field => field, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return missing.Count > 0 && unknown.Count == 0 ? Reasons.MissingColumns(Listed(missing))
            : missing.Count > 0 ? Reasons.OtherColumns(Listed(unknown), Listed(missing))
            : unknown.Count > 0 ? Reasons.UnknownColumns(Listed(unknown))
            : repeated.Count > 0 ? Reasons.RepeatedColumns(Listed(repeated))
            : null;
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"“{Shortened(name)}”"));

    private static string Shortened(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    // A quotation mark that is never closed swallows the rest of the file, and no parser calls that wrong.
    private static bool HasOpenQuote(CsvParser parser) => parser.RawRecord.AsSpan().Count('"') % 2 != 0;

    private static MemberCsvLine LineFrom(int number, List<string> fields, Dictionary<string, int> places, bool isBroken)
    {
        if (isBroken)
            return MemberCsvLine.Refused(number, Shortened(fields[0]), Reasons.BrokenQuotes);
        if (fields.Count != places.Count)
            return MemberCsvLine.Refused(number, Shortened(fields[0]), Reasons.WrongNumberOfFields(fields.Count, places.Count));
        var address = Undo(fields[places[Address]]);
        if (fields.Exists(field => field.Length > LongestField))
            return MemberCsvLine.Refused(number, Shortened(address), Reasons.TooLong(LongestField));
        if (fields[places[Name]].Length > Person.LongestName)
            return MemberCsvLine.Refused(number, address, Reasons.TooLong(Person.LongestName));

        Reason? fault = null;
        var line = new MemberCsvLine(number, address)
        {
            Name = Undo(fields[places[Name]]),
            Status = fields[places[Status]],
            IsGuest = YesOrNo(fields[places[Guest]], ref fault),
            GuestUntil = DayIn(fields[places[GuestUntil]], ref fault),
            Role = fields[places[Role]],
            Location = Undo(fields[places[Location]]),
            RoleUntil = DayIn(fields[places[RoleUntil]], ref fault),
        };
        return fault is null ? line : MemberCsvLine.Refused(number, address, fault);
    }

    private static bool? YesOrNo(string field, ref Reason? fault)
    {
        if (field.Equals(Yes, StringComparison.OrdinalIgnoreCase))
            return true;
        if (field.Equals(No, StringComparison.OrdinalIgnoreCase))
            return false;
        if (field.Length > 0)
            fault ??= Reasons.NeitherYesNorNo(Shortened(field));
        return null;
    }

    private static DateOnly? DayIn(string field, ref Reason? fault)
    {
        if (DateOnly.TryParseExact(field, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (field.Length > 0)
            fault ??= Reasons.NoDay(Shortened(field));
        return null;
    }
}

/// <summary>A line to write.</summary>
/// <param name="Address">The address that the person signs in with.</param>
/// <param name="Name">The name as others of the organization see it.</param>
/// <param name="Status">How the membership stands.</param>
/// <param name="IsGuest">Whether the person comes from outside.</param>
/// <param name="GuestEndsAt">When a guest's time ends, in UTC.</param>
public sealed record MemberCsvRow(string Address, string Name, MembershipStatus Status, bool IsGuest, DateTime? GuestEndsAt)
{
    /// <summary>The key of the role; null for somebody who has none.</summary>
    public string? Role { get; init; }

    /// <summary>The name of the location that the role counts for; null for the entire organization.</summary>
    public string? Location { get; init; }

    public DateTime? RoleEndsAt { get; init; }
}

/// <summary>A file that was read.</summary>
/// <param name="Fault">Why it cannot be read at all; null if its lines are there.</param>
/// <param name="Lines">Its lines, each with what is wrong with it, if anything.</param>
public sealed record MemberCsvFile(Reason? Fault, IReadOnlyList<MemberCsvLine> Lines)
{
    internal static MemberCsvFile Refused(Reason fault) => new(fault, []);
}

/// <summary>A line that was read.</summary>
/// <param name="Number">Its row as a spreadsheet counts: the heading is usually row 1.</param>
/// <param name="Address">Whom it is about.</param>
public sealed record MemberCsvLine(int Number, string Address)
{
    /// <summary>Why it cannot be read; null if it can.</summary>
    public Reason? Fault { get; private init; }

    public string Name { get; init; } = "";

    public string Status { get; init; } = "";

    /// <summary>Null when the line does not say.</summary>
    public bool? IsGuest { get; init; }

    public DateOnly? GuestUntil { get; init; }

    public string Role { get; init; } = "";

    public string Location { get; init; } = "";

    public DateOnly? RoleUntil { get; init; }

    internal static MemberCsvLine Refused(int number, string address, Reason fault) => new(number, address) { Fault = fault };
}
