using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail;

public sealed class MailEventPolicyTests
{
    private static readonly DateTime Sent = FixedTime.Start;

    [Theory]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(-1, false)]
    public void A_hard_bounce_counts_for_a_week_after_sending(int days, bool counts) =>
        Assert.Equal(counts, MailEventPolicy.MeansBounced(MailEventKind.Bounced, Sent.AddDays(days), Sent, softBounces: 0));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void The_clocks_of_mail_systems_may_be_ten_minutes_slow(int minutes, bool counts) =>
        Assert.Equal(counts, MailEventPolicy.MeansBounced(MailEventKind.Bounced, Sent.AddMinutes(-minutes), Sent, softBounces: 0));

    [Fact]
    public void A_bounce_that_is_faster_than_the_relays_answer_counts() =>
        Assert.True(MailEventPolicy.MeansBounced(MailEventKind.Bounced, Sent, sentAt: null, softBounces: 0));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Five_soft_bounces_are_as_bad_as_a_hard_one(int softBounces, bool counts) =>
        Assert.Equal(counts, MailEventPolicy.MeansBounced(MailEventKind.SoftBounced, Sent.AddDays(30), Sent, softBounces));

    [Fact]
    public void A_complaint_says_nothing_of_the_address() =>
        Assert.False(MailEventPolicy.MeansBounced(MailEventKind.Complained, Sent, Sent, softBounces: 9));

    [Fact]
    public void Every_event_has_a_name() =>
        Assert.Equal(Enum.GetValues<MailEventKind>(), MailEventPolicy.Names.Select(name => MailEventPolicy.Find(name)!.Value).Order());

    [Theory]
    [InlineData("<ob.0123456789abcdef0123456789abcdef@portal.example>", true)]
    [InlineData("ob.0123456789abcdef0123456789abcdef@portal.example", true)]
    [InlineData("bounces+0123456789abcdef0123456789abcdef@portal.example", true)]
    [InlineData("<0123456789abcdef0123456789abcdef@portal.example>", false)]
    [InlineData("<ob.0123456789abcdef@portal.example>", false)]
    [InlineData("<ob.0123456789abcdef0123456789abcdef@a@b>", false)]
    [InlineData("", false)]
    public void A_mail_is_known_by_its_message_id_or_its_envelope_sender(string text, bool isKnown) =>
        Assert.Equal(isKnown ? "0123456789abcdef0123456789abcdef" : null, MessageIds.KeyIn(text));
}
