using PartnerCenter.Domain.Mail;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// When members are reminded of an action that has a due date: the stages in their order, and what each kind takes part in. Days are
/// those of UTC, and a stage begins with its day, so that a reminder never comes on the day of publication.
/// </summary>
public static class ReminderPolicy
{
    private const int DueDay = 0;

    private static readonly IReadOnlyList<ReminderStage> Table =
    [
        // From its first to its last day, counted from the due date. Whoever comes late to a stage is still in it.
        new("due-in-30", -30, -8),
        new("due-in-7", -7, -2),
        new("due-in-1", -1, -1),
        new("due-today", DueDay, 6),
        new("overdue-7", 7, 13),
        new("overdue-14", 14, 20),
        new("overdue-21", 21, 27),
        new("overdue-28", 28, 34),
    ];

    private static readonly Dictionary<CommunicationKind, Reminding> Rows = new()
    {
        [MandatoryAction] = Reminding.WhileOpen,
        [RecommendedAction] = Reminding.UntilDue,
        [TransactionalNotification] = Reminding.Never,
        [PromotionalNotification] = Reminding.Never,
        [AccountMail] = Reminding.Never,
    };

    // There is nothing to remind of; a row for each of them at each stage would only repeat what is known.
    private static readonly IReadOnlyList<SuppressionReason> Moot =
        [SuppressionReason.Withdrawn, SuppressionReason.Expired, SuppressionReason.NotEntitled, SuppressionReason.AlreadyDone];

    private enum Reminding
    {
        Never,
        UntilDue,
        WhileOpen,
    }

    /// <summary>The keys of all stages, in their order.</summary>
    public static IReadOnlyList<string> Stages { get; } = [.. Table.Select(stage => stage.Key)];

    /// <summary>The kinds of which anybody is reminded.</summary>
    public static IReadOnlyList<CommunicationKind> Kinds { get; } = [.. Rows.Where(row => row.Value != Reminding.Never).Select(row => row.Key)];

    /// <summary>Whether a mail with this occasion is a reminder.</summary>
    public static bool IsReminder(string occasion) => Stages.Contains(occasion);

    /// <summary>How many days are left until a due date; below 0 when it has passed.</summary>
    public static int DaysLeft(DateTime dueAt, DateTime now) => (dueAt.Date - now.Date).Days;

    /// <summary>The due dates that any stage can belong to: from the first moment up to, and without, the second.</summary>
    public static (DateTime From, DateTime Before) DueDatesAt(DateTime now) =>
        (now.Date.AddDays(-Table[^1].LastDay), now.Date.AddDays(1 - Table[0].FirstDay));

    /// <summary>
    /// The stage that an action is in. Of several that nobody was reminded in it is the latest; one that began before the action was
    /// published is none, because the mail about the publication says the same.
    /// </summary>
    /// <param name="kind">The kind of communication.</param>
    /// <param name="publishedAt">When it was published, in UTC.</param>
    /// <param name="dueAt">When it is due, in UTC; null when it never is.</param>
    /// <param name="now">The time in UTC.</param>
    public static ReminderStage? StageAt(CommunicationKind kind, DateTime publishedAt, DateTime? dueAt, DateTime now)
    {
        if (dueAt is not { } due)
            return null;

        var day = -DaysLeft(due, now);
        return Takes(Rows[kind], day)
            ? Table.FirstOrDefault(stage => stage.FirstDay <= day && day <= stage.LastDay && due.Date.AddDays(stage.FirstDay) > publishedAt)
            : null;
    }

    /// <summary>Whether a reminder that is not sent for this reason need not even be written down.</summary>
    public static bool IsMoot(SuppressionReason? because) => because is { } reason && Moot.Contains(reason);

    private static bool Takes(Reminding reminding, int day) => reminding switch
    {
        Reminding.WhileOpen => true,
        Reminding.UntilDue => day <= DueDay,
        _ => false,
    };
}

/// <summary>A time before or after the due date in which members are reminded once.</summary>
/// <param name="Key">Such as <c>due-in-7</c>; a round of reminders and its mails carry it.</param>
/// <param name="FirstDay">The day on which it begins, counted from the due date.</param>
/// <param name="LastDay">Its last day.</param>
public sealed record ReminderStage(string Key, int FirstDay, int LastDay);
