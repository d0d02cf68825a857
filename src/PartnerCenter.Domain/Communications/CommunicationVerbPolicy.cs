using static PartnerCenter.Domain.Communications.CommunicationVerb;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// The table of what can be done with a communication as it stands: each verb with its conditions, the first that fails gives the
/// reason. Pages, verbs and whole batches ask it; what depends on the kind alone it asks <see cref="CommunicationPolicy"/>.
/// </summary>
public static class CommunicationVerbPolicy
{
    /// <summary>The longest snooze of an action that has no due date.</summary>
    public const int LongestSnoozeInDays = 90;

    private static readonly Dictionary<CommunicationVerb, Condition[]> Table = new()
    {
        [Read] = [],
        [MarkUnread] = [],
        [Archive] = [CompletedOnesStay, KindMayBeArchived],
        [Restore] = [],
        [Complete] = [IsAction, IsOpen],
        [Reopen] = [IsAction, IsCompleted],
        [Snooze] = [KindMayBeSnoozed, IsOpen, IsNotArchived, IsNotOverdue],
        [Wake] = [KindMayBeSnoozed, IsOpen, IsNotArchived, IsSnoozed],
        [CommunicationVerb.HandOver] = [IsAction, OneDoesItForAll, IsOpen, NobodyHasIt],
        [Accept] = [IsOpen, ReaderIsAsked],
        [Return] = [IsOpen, ReaderIsPartyToIt],
    };

    // What takes a verb back again.
    private static readonly Dictionary<CommunicationVerb, CommunicationVerb> Opposites = new()
    {
        [Read] = MarkUnread,
        [MarkUnread] = Read,
        [Archive] = Restore,
        [Restore] = Archive,
    };

    private delegate Verdict Condition(CommunicationStanding standing, DateTime now);

    public static Verdict May(CommunicationVerb verb, CommunicationStanding standing, DateTime now) =>
        Table[verb].Select(condition => condition(standing, now)).FirstOrDefault(verdict => !verdict.IsAllowed) ?? Verdict.Allowed;

    /// <summary>The verb that takes another one back; null when there is none.</summary>
    public static CommunicationVerb? OppositeOf(CommunicationVerb verb) => Opposites.TryGetValue(verb, out var opposite) ? opposite : null;

    /// <summary>Whether an action can wait until a time: not beyond its due date.</summary>
    /// <param name="standing">How the action stands.</param>
    /// <param name="until">Until when, in UTC.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MaySnoozeUntil(CommunicationStanding standing, DateTime until, DateTime now)
    {
        var verdict = May(Snooze, standing, now);
        if (!verdict.IsAllowed)
            return verdict;
        if (until <= now)
            return Verdict.Refused(Reasons.SnoozeInThePast);
        return until > LatestSnooze(standing, now)
            ? Verdict.Refused(standing.DueAt is { } due ? Reasons.SnoozeBeyondDueDate(due) : Reasons.SnoozeTooLong(LongestSnoozeInDays))
            : Verdict.Allowed;
    }

    /// <summary>Until when an action can wait at most, in UTC.</summary>
    public static DateTime LatestSnooze(CommunicationStanding standing, DateTime now) => standing.DueAt ?? now.AddDays(LongestSnoozeInDays);

    private static Verdict KindMayBeArchived(CommunicationStanding standing, DateTime now) => CommunicationPolicy.MayArchive(standing.Kind);

    private static Verdict KindMayBeSnoozed(CommunicationStanding standing, DateTime now) => CommunicationPolicy.MaySnooze(standing.Kind);

    private static Verdict IsAction(CommunicationStanding standing, DateTime now) => CommunicationPolicy.MayComplete(standing.Kind);

    private static Verdict CompletedOnesStay(CommunicationStanding standing, DateTime now) =>
        Unless(standing.Completion is not null && !CommunicationPolicy.MayArchive(standing.Kind).IsAllowed, Reasons.CompletedActionStays);

    private static Verdict IsOpen(CommunicationStanding standing, DateTime now) =>
        standing.Completion is { } done ? Verdict.Refused(Reasons.AlreadyCompleted(done.CompletedBy, done.CompletedAt)) : Verdict.Allowed;

    private static Verdict IsCompleted(CommunicationStanding standing, DateTime now) => Unless(standing.Completion is null, Reasons.NotCompleted);

    private static Verdict IsNotArchived(CommunicationStanding standing, DateTime now) => Unless(standing.IsArchived, Reasons.RestoreFirst);

    private static Verdict IsSnoozed(CommunicationStanding standing, DateTime now) => Unless(!standing.IsSnoozed, Reasons.NotSnoozed);

    private static Verdict IsNotOverdue(CommunicationStanding standing, DateTime now) => Unless(standing.DueAt <= now, Reasons.OverdueCannotWait);

    private static Verdict OneDoesItForAll(CommunicationStanding standing, DateTime now) =>
        Unless(standing.Scope != CompletionScope.Organization, Reasons.EverybodyForThemselves);

    private static Verdict NobodyHasIt(CommunicationStanding standing, DateTime now) =>
        Unless(standing.HandOver != HandOverSide.None, Reasons.HandedOverAlready(standing.HandedTo ?? ""));

    private static Verdict ReaderIsAsked(CommunicationStanding standing, DateTime now) =>
        Unless(standing.HandOver != HandOverSide.Asked, Reasons.NotHandedToYou);

    private static Verdict ReaderIsPartyToIt(CommunicationStanding standing, DateTime now) =>
        Unless(standing.HandOver is HandOverSide.None or HandOverSide.Onlooker, Reasons.NotHandedToYou);

    private static Verdict Unless(bool isWrong, Reason reason) => isWrong ? Verdict.Refused(reason) : Verdict.Allowed;
}
