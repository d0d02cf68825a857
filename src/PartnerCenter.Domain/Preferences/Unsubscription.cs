using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Domain.Preferences;

/// <summary>What the unsubscribe link of one mail turns off (RFC 8058).</summary>
/// <param name="MembershipId">For whom.</param>
/// <param name="Kind">Which kind of mail.</param>
/// <param name="Workspace">The key of the workspace; null means all.</param>
public sealed record Unsubscription(int MembershipId, CommunicationKind Kind, string? Workspace)
{
    private static readonly TimeSpan UndoLasts = TimeSpan.FromHours(1);

    /// <returns>Null for mail that cannot be turned off: it carries no such link.</returns>
    public static Unsubscription? Of(Communication communication, int membershipId) =>
        CommunicationPolicy.MayOptOut(communication.Kind, communication.RequiredByAgreement).IsAllowed
            ? new(membershipId, communication.Kind, CommunicationPolicy.IsUnsubscribedAsAWhole(communication.Kind) ? null : communication.Workspace)
            : null;

    /// <summary>
    /// Whether somebody who is not signed in may take the decision back. It must be fresh: a mail that was passed on must not turn on
    /// again what its first reader turned off for good. And it takes back only what such a link has done: what was decided in My
    /// preferences was decided by the member.
    /// </summary>
    /// <param name="decided">The decision, if there is one.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayUndo(OptOut? decided, DateTime now) =>
        decided switch
        {
            null => Verdict.Allowed,
            { DecidedBy: not ChangedBy.MailLink } => Verdict.Refused(Reasons.NotTurnedOffByMail),
            _ => now - decided.DecidedAt < UndoLasts ? Verdict.Allowed : Verdict.Refused(Reasons.UnsubscribedLongAgo),
        };
}
