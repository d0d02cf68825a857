using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Tests.Preferences;

public sealed class TimeZonesTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZones.Of("Europe/Amsterdam");

    public static TheoryData<string> Listed => [.. TimeZones.All];

    [Theory]
    [MemberData(nameof(Listed))]
    public void The_machine_knows_every_zone_that_can_be_chosen(string id) => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(id, out _));

    [Fact]
    public void No_zone_is_listed_twice() => Assert.Distinct(TimeZones.All);

    [Theory]
    [InlineData("europe/AMSTERDAM ", "Europe/Amsterdam")]
    [InlineData("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("Europe/Atlantis", null)]
    [InlineData("", null)]
    public void A_zone_is_found_in_whatever_letters(string id, string? found) => Assert.Equal(found, TimeZones.Find(id));

    [Theory]
    [InlineData(null)]
    [InlineData("Europe/Atlantis")]
    public void Whoever_chose_none_lives_by_UTC_and_so_does_whoever_chose_one_that_is_gone(string? id) =>
        Assert.Equal(TimeSpan.Zero, TimeZones.Of(id).GetUtcOffset(Utc("2026-07-01T12:00")));

    [Theory]
    [InlineData("2026-01-15T12:00", "2026-01-15T13:00")]
    [InlineData("2026-07-15T12:00", "2026-07-15T14:00")]
    [InlineData("2026-03-29T00:59", "2026-03-29T01:59")]
    [InlineData("2026-03-29T01:00", "2026-03-29T03:00")]
    [InlineData("2026-10-25T00:30", "2026-10-25T02:30")]
    [InlineData("2026-10-25T01:30", "2026-10-25T02:30")]
    public void Clocks_follow_summer_time(string utc, string local) => Assert.Equal(Local(local), TimeZones.ToLocal(Utc(utc), Amsterdam));

    [Theory]
    [InlineData("2026-01-15T13:00", "2026-01-15T12:00")]
    [InlineData("2026-07-15T14:00", "2026-07-15T12:00")]
    [InlineData("2026-03-29T03:00", "2026-03-29T01:00")]
    [InlineData("2026-10-25T03:00", "2026-10-25T02:00")]
    public void What_clocks_show_once_is_one_instant(string local, string utc) => Assert.Equal(Utc(utc), TimeZones.ToUtc(Local(local), Amsterdam));

    [Fact]
    public void What_clocks_show_twice_counts_the_first_time() =>
        Assert.Equal(Utc("2026-10-25T00:30"), TimeZones.ToUtc(Local("2026-10-25T02:30"), Amsterdam));

    [Theory]
    [InlineData("Europe/Amsterdam", "2026-03-29T02:30", "2026-03-29T03:30")]
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T03:30")]
    public void What_clocks_leave_out_counts_as_if_they_had_not_been_put_forward(string id, string leftOut, string shown)
    {
        var zone = TimeZones.Of(id);

        Assert.Equal(Local(shown), TimeZones.ToLocal(TimeZones.ToUtc(Local(leftOut), zone), zone));
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public void Every_hour_of_a_year_leads_there_and_back_in_every_zone(string id)
    {
        var zone = TimeZones.Of(id);
        var hours = Enumerable.Range(0, 366 * 24).Select(hour => Utc("2026-01-01T00:30").AddHours(hour));

        var others = hours.Where(utc => TimeZones.ToUtc(TimeZones.ToLocal(utc, zone), zone) != utc).ToList();

        // Only the hours that clocks show twice, the second time.
        Assert.All(others, utc => Assert.Equal(TimeZones.ToLocal(utc, zone), TimeZones.ToLocal(utc.AddHours(-1), zone)));
        Assert.InRange(others.Count, 0, 2);
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(Local(text), DateTimeKind.Utc);

    private static DateTime Local(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
