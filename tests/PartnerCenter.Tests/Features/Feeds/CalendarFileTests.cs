using System.Globalization;
using System.Text;
using PartnerCenter.Web.Shell.Feeds;
using Calendar = Ical.Net.Calendar;

namespace PartnerCenter.Tests.Features.Feeds;

/// <summary>What we write, read back by a library that is not ours; and what such a library forgives, looked at in the raw text.</summary>
public sealed class CalendarFileTests
{
    private const int LongestLine = 75;

    private static readonly DateTime Published = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Texts =>
    [
        "Plain",
        "",
        "Comma, semicolon; backslash \\ and a colon: \"quoted\"",
        "Ends with a backslash \\",
        "A literal \\n that is no line break",
        "One line\nanother\n\nand one after an empty one",
        "BEGIN:VEVENT\nEND:VCALENDAR",
        string.Concat(Enumerable.Repeat("één lange regel; met, tekens ", 12)),
        string.Concat(Enumerable.Repeat("😀", 80)),
        "a" + string.Concat(Enumerable.Repeat("😀", 80)),
        "ab" + string.Concat(Enumerable.Repeat("€", 120)),
        new string('x', 400),
        new string(' ', 200) + "behind many spaces",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_as_it_was(string text)
    {
        var entry = Assert.Single(Calendar.Load(Write(text))!.Events);

        Assert.Equal(text, entry.Summary ?? "");
        Assert.Equal(text, entry.Description ?? "");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_line_ends_with_both_characters_and_has_at_most_75_octets(string text)
    {
        var file = Write(text);

        Assert.EndsWith("END:VCALENDAR\r\n", file, StringComparison.Ordinal);
        var lines = file[..^2].Split("\r\n");
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, LongestLine);
        });

        // As bytes and back: a character torn in two would be lost.
        Assert.Equal(file, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
    }

    [Fact]
    public void An_entry_is_a_moment_that_takes_nobodys_time()
    {
        var calendar = Calendar.Load(Write("Check your bank details"))!;

        var entry = Assert.Single(calendar.Events);
        Assert.Equal("2.0", calendar.Version);
        Assert.Equal("Actions, all of them", calendar.Properties["NAME"]!.Value);
        Assert.Equal("7.alpine@portal.example", entry.Uid);
        Assert.Equal(Published, entry.DtStamp!.AsUtc);
        Assert.Equal(new DateTime(2026, 4, 1, 23, 30, 0, DateTimeKind.Utc), entry.Start!.AsUtc);
        Assert.True(entry.Start.HasTime);
        Assert.Null(entry.End);
        Assert.Equal("TRANSPARENT", entry.Transparency);
        Assert.Equal(["Billing; and more"], entry.Categories);
        Assert.Equal("https://portal.example/o/alpine/action-center/7", entry.Url!.ToString());
    }

    [Fact]
    public void What_no_calendar_can_hold_is_left_out()
    {
        var entry = Assert.Single(Calendar.Load(Write("a\u0000b\u0007c\ud83dd\u001b"))!.Events);

        Assert.Equal("abc\ufffdd", entry.Summary);
    }

    [Fact]
    public void Dates_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        try
        {
            Assert.Contains("DTSTART:20260401T233000Z\r\n", Write("Due"), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_calendar_without_entries_is_one_all_the_same() =>
        Assert.Empty(Calendar.Load(CalendarFile.Write("Nothing", []))!.Events);

    private static string Write(string text) => CalendarFile.Write("Actions, all of them",
    [
        new(
            "7.alpine@portal.example",
            Published,
            new DateTime(2026, 4, 1, 23, 30, 0, DateTimeKind.Utc),
            text,
            text,
            "Billing; and more",
            new Uri("https://portal.example/o/alpine/action-center/7")),
    ]);
}
