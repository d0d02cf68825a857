using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// The table of what each kind of communication demands and allows. Views, verbs and mail all ask it; no other place decides by kind.
/// </summary>
public static class CommunicationPolicy
{
    private static readonly Dictionary<CommunicationKind, Row> Table = new()
    {
        //                                key                          nature                 due date           archiving                  snoozing               mail                           news          end                   delivery
        [MandatoryAction] = new("mandatory-action", Nature.Action, DueDate.Required, Archiving.NeverWhileOpen, Snoozing.Never, Mailing.Required, News.Lasting, Ending.Open, Delivery.First),
        [RecommendedAction] = new("recommended-action", Nature.Action, DueDate.Optional, Archiving.AnyTime, Snoozing.UntilDue, Mailing.Required, News.Lasting, Ending.Open, Delivery.Second),
        [TransactionalNotification] = new("transactional-notification", Nature.Notification, DueDate.None, Archiving.AnyTime, Snoozing.Never, Mailing.UnlessOptedOutOrAgreed, News.Passing, Ending.Open, Delivery.Third),
        [PromotionalNotification] = new("promotional-notification", Nature.Notification, DueDate.None, Archiving.AnyTime, Snoozing.Never, Mailing.UnlessOptedOut, News.Lasting, Ending.AsPublished, Delivery.Last),
        [AccountMail] = new("account-mail", Nature.MailOnly, DueDate.None, Archiving.NotShown, Snoozing.Never, Mailing.Required, News.Lasting, Ending.Open, Delivery.First),
    };

    private enum Nature
    {
        Action,
        Notification,
        MailOnly,
    }

    private enum DueDate
    {
        Required,
        Optional,
        None,
    }

    private enum Archiving
    {
        NotShown,
        NeverWhileOpen,
        AnyTime,
    }

    private enum Snoozing
    {
        Never,
        UntilDue,
    }

    private enum Mailing
    {
        Required,
        UnlessOptedOutOrAgreed,
        UnlessOptedOut,
    }

    private enum News
    {
        Lasting,
        Passing,
    }

    private enum Ending
    {
        Open,
        AsPublished,
    }

    private enum Delivery
    {
        First,
        Second,
        Third,
        Last,
    }

    /// <summary>The kinds that can be published, in the order in which they matter to the reader.</summary>
    public static IReadOnlyList<CommunicationKind> Published { get; } = [.. Table.Keys.Where(IsShownInPortal)];

    /// <summary>The kinds that ask the reader to do something.</summary>
    public static IReadOnlyList<CommunicationKind> Actions { get; } = [.. Table.Where(row => row.Value.Nature == Nature.Action).Select(row => row.Key)];

    /// <summary>The kinds that only tell.</summary>
    public static IReadOnlyList<CommunicationKind> Notifications { get; } = [.. Table.Where(row => row.Value.Nature == Nature.Notification).Select(row => row.Key)];

    /// <summary>The stable key of a kind, as the API, the database and the vocabulary know it.</summary>
    public static string KeyOf(CommunicationKind kind) => Table[kind].Key;

    /// <returns>The kind that can be published under this key, or null if there is none.</returns>
    public static CommunicationKind? Find(string? key) =>
        Published.Where(kind => KeyOf(kind) == key).Select(kind => (CommunicationKind?)kind).FirstOrDefault();

    public static CommunicationKind FromStoredKey(string key) => Table.Single(row => row.Value.Key == key).Key;

    public static bool IsAction(CommunicationKind kind) => Table[kind].Nature == Nature.Action;

    /// <summary>False for what is told by mail only.</summary>
    public static bool IsShownInPortal(CommunicationKind kind) => Table[kind].Nature != Nature.MailOnly;

    /// <summary>Whether it also goes to somebody who is not a member (yet, or any more): it is about just that.</summary>
    public static bool ReachesNonMembers(CommunicationKind kind) => !IsShownInPortal(kind);

    public static bool NeedsDueDate(CommunicationKind kind) => Table[kind].DueDate == DueDate.Required;

    public static bool MayHaveDueDate(CommunicationKind kind) => Table[kind].DueDate != DueDate.None;

    /// <summary>An action that puts the partner's business at risk while it is open; the seeds call it critical.</summary>
    public static bool IsCritical(CommunicationKind kind) => Table[kind].Archiving == Archiving.NeverWhileOpen;

    /// <summary>Whether an agreement can make mail of this kind required although it is optional otherwise.</summary>
    public static bool CanBeRequiredByAgreement(CommunicationKind kind) => Table[kind].Mailing == Mailing.UnlessOptedOutOrAgreed;

    /// <summary>Mail that nobody needs: it is not sent to an address in doubt.</summary>
    public static bool IsPromotional(CommunicationKind kind) => Table[kind].Mailing == Mailing.UnlessOptedOut;

    /// <summary>The order in which mails that are due leave the house: the lowest goes first.</summary>
    public static int UrgencyOf(CommunicationKind kind) => (int)Table[kind].Delivery;

    /// <summary>Whether somebody who gains access later is sent what is still open then; all other kinds they find in the portal.</summary>
    public static bool IsMailedToLatecomers(CommunicationKind kind) => IsCritical(kind);

    /// <summary>Whether the link in a mail turns off all mail of this kind, and not only that of one workspace.</summary>
    public static bool IsUnsubscribedAsAWhole(CommunicationKind kind) => IsPromotional(kind);

    /// <summary>Tells how something stands, which after some days is not worth a mail any more, agreed or not.</summary>
    public static bool IsPassingNews(CommunicationKind kind) => Table[kind].News == News.Passing;

    /// <summary>Whether its publisher may say when it is of no interest any more.</summary>
    public static bool MayExpire(CommunicationKind kind) => Table[kind].Ending == Ending.AsPublished;

    public static Verdict MayArchive(CommunicationKind kind) => Table[kind].Archiving switch
    {
        Archiving.AnyTime => Verdict.Allowed,
        Archiving.NeverWhileOpen => Verdict.Refused(Reasons.MandatoryActionStays),
        _ => Verdict.Refused(Reasons.NotShownInPortal),
    };

    public static Verdict MayComplete(CommunicationKind kind) =>
        IsAction(kind) ? Verdict.Allowed : Verdict.Refused(Reasons.OnlyActionsAreCompleted);

    /// <summary>Whether a member may put it off for a while, which is never longer than until its due date.</summary>
    public static Verdict MaySnooze(CommunicationKind kind) =>
        Table[kind].Snoozing == Snoozing.UntilDue ? Verdict.Allowed : Verdict.Refused(Reasons.NotToBeSnoozed);

    /// <summary>Whether a member may turn off mail of this kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="requiredByAgreement">Whether this very communication is required by agreement.</param>
    public static Verdict MayOptOut(CommunicationKind kind, bool requiredByAgreement = false) =>
        Table[kind].Mailing == Mailing.Required || (CanBeRequiredByAgreement(kind) && requiredByAgreement)
            ? Verdict.Refused(Reasons.MailIsRequired)
            : Verdict.Allowed;

    private sealed record Row(string Key, Nature Nature, DueDate DueDate, Archiving Archiving, Snoozing Snoozing, Mailing Mailing, News News, Ending Ending, Delivery Delivery);
}
