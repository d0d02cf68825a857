using PartnerCenter.Domain;
using PartnerCenter.Domain.Mail;
using static PartnerCenter.Domain.Mail.MailState;

namespace PartnerCenter.Tests.Mail;

public sealed class MailVerbPolicyTests
{
    [Theory]
    [InlineData(MailVerb.Retry, Queued, null)]
    [InlineData(MailVerb.Retry, Claimed, "Reason.MailIsBeingSent")]
    [InlineData(MailVerb.Retry, Sending, "Reason.MailIsBeingSent")]
    [InlineData(MailVerb.Retry, Sent, "Reason.MailWasSent")]
    [InlineData(MailVerb.Retry, Failed, null)]
    [InlineData(MailVerb.Retry, Bounced, null)]
    [InlineData(MailVerb.Retry, Quarantined, null)]
    [InlineData(MailVerb.Retry, Suppressed, "Reason.MailWasSuppressed")]
    [InlineData(MailVerb.GiveUp, Queued, null)]
    [InlineData(MailVerb.GiveUp, Claimed, "Reason.MailIsBeingSent")]
    [InlineData(MailVerb.GiveUp, Sending, "Reason.MailIsBeingSent")]
    [InlineData(MailVerb.GiveUp, Sent, "Reason.MailWasSent")]
    [InlineData(MailVerb.GiveUp, Failed, "Reason.MailHasEnded")]
    [InlineData(MailVerb.GiveUp, Bounced, "Reason.MailHasEnded")]
    [InlineData(MailVerb.GiveUp, Quarantined, null)]
    [InlineData(MailVerb.GiveUp, Suppressed, "Reason.MailHasEnded")]
    public void What_can_be_done_with_a_mail_follows_from_its_state(MailVerb verb, MailState state, string? refusedBecause) =>
        Assert.Equal(refusedBecause, MailVerbPolicy.May(verb, state, wasSent: false, isSpent: false).RefusedBecause?.Key);

    [Theory]
    [InlineData(Bounced)]
    [InlineData(Failed)]
    [InlineData(Queued)]
    public void What_was_sent_once_is_never_sent_again(MailState state) =>
        Assert.Equal(Reasons.MailWasSent, MailVerbPolicy.May(MailVerb.Retry, state, wasSent: true, isSpent: false).RefusedBecause);

    [Fact]
    public void A_mail_that_has_lost_its_code_is_not_tried_again_but_can_be_given_up()
    {
        Assert.Equal(Reasons.MailIsSpent, MailVerbPolicy.May(MailVerb.Retry, Quarantined, wasSent: false, isSpent: true).RefusedBecause);
        Assert.True(MailVerbPolicy.May(MailVerb.GiveUp, Quarantined, wasSent: false, isSpent: true).IsAllowed);
    }

    [Theory]
    [InlineData(MailVerb.Retry, "Quarantined Failed Deferred")]
    [InlineData(MailVerb.GiveUp, "Quarantined Deferred")]
    public void Only_what_needs_somebody_is_dealt_with_as_a_whole(MailVerb verb, string groups)
    {
        Assert.Equal(groups.Split(' '), Enum.GetValues<MailGroup>().Where(group => MailVerbPolicy.MayOnAll(verb, group)).Select(group => $"{group}"));
        Assert.False(MailVerbPolicy.MayOnAll(verb, group: null));
    }
}
