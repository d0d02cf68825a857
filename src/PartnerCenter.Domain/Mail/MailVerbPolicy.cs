using static PartnerCenter.Domain.Mail.MailState;

namespace PartnerCenter.Domain.Mail;

/// <summary>What an operator can do with a mail.</summary>
public enum MailVerb
{
    /// <summary>Queues it again, now and as if it was new; the policy is asked again before it is sent.</summary>
    Retry,

    /// <summary>Ends it: nobody tries to send it any more.</summary>
    GiveUp,
}

/// <summary>The table of what can be done with a mail in each state, and with all mails of a group at once.</summary>
public static class MailVerbPolicy
{
    private static readonly Dictionary<MailVerb, Dictionary<MailState, Verdict>> Rows = new()
    {
        [MailVerb.Retry] = new()
        {
            [Queued] = Verdict.Allowed,
            [Claimed] = Verdict.Refused(Reasons.MailIsBeingSent),
            [Sending] = Verdict.Refused(Reasons.MailIsBeingSent),
            [Sent] = Verdict.Refused(Reasons.MailWasSent),
            [Failed] = Verdict.Allowed,
            [Bounced] = Verdict.Allowed,
            [Quarantined] = Verdict.Allowed,
            [Suppressed] = Verdict.Refused(Reasons.MailWasSuppressed),
        },
        [MailVerb.GiveUp] = new()
        {
            [Queued] = Verdict.Allowed,
            [Claimed] = Verdict.Refused(Reasons.MailIsBeingSent),
            [Sending] = Verdict.Refused(Reasons.MailIsBeingSent),
            [Sent] = Verdict.Refused(Reasons.MailWasSent),
            [Failed] = Verdict.Refused(Reasons.MailHasEnded),
            [Bounced] = Verdict.Refused(Reasons.MailHasEnded),
            [Quarantined] = Verdict.Allowed,
            [Suppressed] = Verdict.Refused(Reasons.MailHasEnded),
        },
    };

    private static readonly Dictionary<MailVerb, IReadOnlyList<MailGroup>> Groups = new()
    {
        [MailVerb.Retry] = [MailGroup.Quarantined, MailGroup.Failed, MailGroup.Deferred],
        [MailVerb.GiveUp] = [MailGroup.Quarantined, MailGroup.Deferred],
    };

    /// <param name="verb">What is wanted.</param>
    /// <param name="state">How far the mail has come.</param>
    /// <param name="wasSent">Whether the relay took it over once: what came back later was sent all the same.</param>
    /// <param name="isSpent">Whether what only this mail could say is gone.</param>
    public static Verdict May(MailVerb verb, MailState state, bool wasSent, bool isSpent) => Rows[verb][state] switch
    {
        { IsAllowed: true } when verb == MailVerb.Retry && wasSent => Verdict.Refused(Reasons.MailWasSent),
        { IsAllowed: true } when verb == MailVerb.Retry && isSpent => Verdict.Refused(Reasons.MailIsSpent),
        var verdict => verdict,
    };

    /// <summary>Whether a verb can be used on all mails of a group at once; null is all mails that there are.</summary>
    public static bool MayOnAll(MailVerb verb, MailGroup? group) => group is { } asked && Groups[verb].Contains(asked);

    /// <summary>The states in which a mail takes a verb.</summary>
    public static IReadOnlyList<MailState> StatesTaking(MailVerb verb) => [.. Rows[verb].Where(row => row.Value.IsAllowed).Select(row => row.Key)];
}
