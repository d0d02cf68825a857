using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerCenter.Data.Files;
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

    /// <summary>The heading, the same in every language; a file may have them in any order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Address, Name, Status, Guest, GuestUntil, Role, Location, RoleUntil];

    private static CsvFormat Format { get; } = new(Columns, Address, MostRows, MostMegabytes, LongestField);

    /// <summary>Reads a file as somebody sent it.</summary>
    public static MemberCsvFile Read(byte[] content)
    {
        var table = CsvTable.Read(content, Format);
        return new MemberCsvFile(table.Fault, [.. table.Rows.Select(LineFrom)]);
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
            csv.WriteField(CsvFormulas.Defuse(row.Address));
            csv.WriteField(CsvFormulas.Defuse(row.Name));
            csv.WriteField(row.Status.ToString());
            csv.WriteField(row.IsGuest ? Yes : No);
            csv.WriteField(DayOf(row.GuestEndsAt));
            csv.WriteField(row.Role);
            csv.WriteField(CsvFormulas.Defuse(row.Location ?? ""));
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

    private static string DayOf(DateTime? end) => end is { } known ? known.ToString(Day, CultureInfo.InvariantCulture) : "";

    private static MemberCsvLine LineFrom(CsvRow row)
    {
        if (row.Fault is { } broken)
            return MemberCsvLine.Refused(row, broken);
        if (row[Name].Length > Person.LongestName)
            return MemberCsvLine.Refused(row, Reasons.TooLong(Person.LongestName));

        Reason? fault = null;
        var line = new MemberCsvLine(row.Number, row[Address])
        {
            Name = row[Name],
            Status = row[Status],
            IsGuest = YesOrNo(row[Guest], ref fault),
            GuestUntil = DayIn(row[GuestUntil], ref fault),
            Role = row[Role],
            Location = row[Location],
            RoleUntil = DayIn(row[RoleUntil], ref fault),
        };
        return fault is null ? line : MemberCsvLine.Refused(row, fault);
    }

    private static bool? YesOrNo(string field, ref Reason? fault)
    {
        if (field.Equals(Yes, StringComparison.OrdinalIgnoreCase))
            return true;
        if (field.Equals(No, StringComparison.OrdinalIgnoreCase))
            return false;
        if (field.Length > 0)
            fault ??= Reasons.NeitherYesNorNo(CsvRow.Shortened(field));
        return null;
    }

    private static DateOnly? DayIn(string field, ref Reason? fault)
    {
        if (DateOnly.TryParseExact(field, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (field.Length > 0)
            fault ??= Reasons.NoDay(CsvRow.Shortened(field));
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
public sealed record MemberCsvFile(Reason? Fault, IReadOnlyList<MemberCsvLine> Lines);

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

    internal static MemberCsvLine Refused(CsvRow row, Reason fault) => new(row.Number, row.About) { Fault = fault };
}
