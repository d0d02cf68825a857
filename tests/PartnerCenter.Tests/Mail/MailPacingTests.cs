using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Mail;

public sealed class MailPacingTests
{
    private static readonly MailPacing Pacing = new(new(21, 0), new(7, 0), PromotionalPerDay: 2);

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static readonly DateTime Noon = At("2026-03-02 12:00");

    [Theory]
    [InlineData(MandatoryAction)]
    [InlineData(RecommendedAction)]
    [InlineData(AccountMail)]
    public void Required_mail_never_waits(CommunicationKind kind) =>
        Assert.Null(Pacing.Decide(kind, requiredByAgreement: false, isInDigest: false, countToday: 99, TimeZoneInfo.Utc, At("2026-03-02 23:00")));

    [Fact]
    public void Mail_that_an_agreement_requires_never_waits() =>
        Assert.Null(Pacing.Decide(TransactionalNotification, requiredByAgreement: true, isInDigest: false, countToday: 0, TimeZoneInfo.Utc, At("2026-03-02 23:00")));

    [Theory]
    [InlineData("2026-03-02 19:59", null)]
    [InlineData("2026-03-02 20:00", "2026-03-03 06:00")]
    [InlineData("2026-03-02 23:30", "2026-03-03 06:00")]
    [InlineData("2026-03-03 05:59", "2026-03-03 06:00")]
    [InlineData("2026-03-03 06:00", null)]
    public void Optional_mail_waits_while_it_is_night_where_its_reader_lives(string now, string? until)
    {
        foreach (var kind in new[] { TransactionalNotification, PromotionalNotification })
        {
            var wait = Pacing.Decide(kind, requiredByAgreement: false, isInDigest: false, countToday: 0, Amsterdam, At(now));

            Assert.Equal(until is null ? null : new Postponement(At(until), PostponementReason.QuietHours), wait);
        }
    }

    [Fact]
    public void A_night_in_which_clocks_are_put_forward_ends_when_they_show_its_end() =>
        Assert.Equal(At("2026-03-29 05:00"), Decide(At("2026-03-28 21:00"), countToday: 0, Amsterdam)!.Until);

    [Fact]
    public void Quiet_hours_can_lie_within_one_day()
    {
        var siesta = new MailPacing(new(13, 0), new(15, 0), PromotionalPerDay: 2);

        Assert.Equal(At("2026-03-02 15:00"), siesta.Decide(TransactionalNotification, false, false, 0, TimeZoneInfo.Utc, At("2026-03-02 14:00"))!.Until);
        Assert.Null(siesta.Decide(TransactionalNotification, false, false, 0, TimeZoneInfo.Utc, At("2026-03-02 23:00")));
    }

    [Fact]
    public void Hours_that_end_when_they_begin_are_none() =>
        Assert.Null(new MailPacing(default, default, 2).Decide(TransactionalNotification, false, false, 0, TimeZoneInfo.Utc, At("2026-03-02 00:00")));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(9, true)]
    public void What_is_promotional_beyond_the_limit_of_a_day_waits_for_the_morning_after(int countToday, bool waits) => Assert.Equal(
        waits ? new Postponement(At("2026-03-03 06:00"), PostponementReason.DailyLimit) : null, Decide(Noon, countToday, Amsterdam));

    [Fact]
    public void What_has_waited_for_the_digest_goes_however_much_goes_that_day() =>
        Assert.Null(Pacing.Decide(PromotionalNotification, false, isInDigest: true, countToday: 9, Amsterdam, Noon));

    [Fact]
    public void Transactional_mail_has_no_limit() =>
        Assert.Null(Pacing.Decide(TransactionalNotification, false, false, countToday: 99, Amsterdam, Noon));

    [Fact]
    public void A_day_begins_at_midnight_where_the_reader_lives()
    {
        Assert.Equal(At("2026-03-01 23:00"), MailPacing.DayOf(Noon, Amsterdam));
        Assert.Equal(At("2026-03-02 00:00"), MailPacing.DayOf(Noon, TimeZoneInfo.Utc));
    }

    private static Postponement? Decide(DateTime now, int countToday, TimeZoneInfo zone) =>
        Pacing.Decide(PromotionalNotification, requiredByAgreement: false, isInDigest: false, countToday, zone, now);

    private static DateTime At(string time) =>
        DateTime.SpecifyKind(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
