using System.Globalization;
using System.Text;

namespace PartnerCenter.Web.Shell.Feeds;

/// <summary>A calendar to subscribe to, as RFC 5545 wants it written. docs/decisions/0020 says why by ourselves.</summary>
public static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const int LongestLine = 75;

    /// <param name="name">What the calendar is called in the reader's program.</param>
    /// <param name="entries">What stands in it.</param>
    public static string Write(string name, IEnumerable<CalendarEntry> entries)
    {
        var file = new StringBuilder();
        Add(file, "BEGIN", "VCALENDAR");
        Add(file, "VERSION", "2.0");
        Add(file, "PRODID", "-//PartnerCenter//Action Center//EN");
        Add(file, "CALSCALE", "GREGORIAN");
        AddText(file, "NAME", name);
        AddText(file, "X-WR-CALNAME", name);
        Add(file, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        Add(file, "X-PUBLISHED-TTL", "PT1H");
        foreach (var entry in entries)
            AddEvent(file, entry);
        Add(file, "END", "VCALENDAR");
        return file.ToString();
    }

    // It has a moment and no length: it takes nobody's time, and every program shows it at the reader's own hour.
    private static void AddEvent(StringBuilder file, CalendarEntry entry)
    {
        Add(file, "BEGIN", "VEVENT");
        AddText(file, "UID", entry.Id);
        Add(file, "DTSTAMP", Moment(entry.ChangedAt));
        Add(file, "DTSTART", Moment(entry.At));
        AddText(file, "SUMMARY", entry.Title);
        AddText(file, "DESCRIPTION", entry.Text);
        AddText(file, "CATEGORIES", entry.Category);
        Add(file, "URL", entry.Address.AbsoluteUri);
        Add(file, "TRANSP", "TRANSPARENT");
        Add(file, "END", "VEVENT");
    }

    private static string Moment(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static void AddText(StringBuilder file, string name, string value) => Add(file, name, FeedText.Clean(value)
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal)
        .Replace("\r\n", @"\n", StringComparison.Ordinal)
        .Replace("\r", @"\n", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal));

    // A line has at most 75 octets, the space that continues it included, and no character is torn apart.
    private static void Add(StringBuilder file, string name, string value)
    {
        var length = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                file.Append("\r\n ");
                length = 1;
            }

            file.Append(rune);
            length += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}

/// <summary>Something with a date.</summary>
/// <param name="Id">The same whenever it is told again, and nothing else's.</param>
/// <param name="ChangedAt">When it became what it is, in UTC.</param>
/// <param name="At">When it is due, in UTC.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What more there is to say, in lines.</param>
/// <param name="Category">What it belongs to.</param>
/// <param name="Address">Where to read on.</param>
public sealed record CalendarEntry(string Id, DateTime ChangedAt, DateTime At, string Title, string Text, string Category, Uri Address);
