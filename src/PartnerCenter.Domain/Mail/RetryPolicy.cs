using PartnerCenter.Domain.Communications;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Domain.Mail;

/// <summary>When a mail that did not go is tried again, and when it is not any more.</summary>
public static class RetryPolicy
{
    private static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60),
    ];

    private static readonly TimeSpan Later = TimeSpan.FromHours(2);

    // With the delays above, a day is 16 attempts and three days are 40. An attempt that the relay was away for is none.
    private const int AttemptsOfOneDay = 16;
    private const int AttemptsOfThreeDays = 40;

    private static readonly TimeSpan AfterDueDate = TimeSpan.FromDays(7);

    private static readonly Dictionary<CommunicationKind, Patience> Table = new()
    {
        [MandatoryAction] = new(AttemptsOfThreeDays, MostDoubts: 3, UntilDue: true),
        [RecommendedAction] = new(AttemptsOfThreeDays, MostDoubts: 3, UntilDue: false),
        [TransactionalNotification] = new(AttemptsOfOneDay, MostDoubts: 3, UntilDue: false),
        [PromotionalNotification] = new(AttemptsOfOneDay, MostDoubts: 2, UntilDue: false),
        [AccountMail] = new(AttemptsOfThreeDays, MostDoubts: 3, UntilDue: false),
    };

    // A relay that left us in doubt is given time to settle, so that it can recognise a copy.
    private static readonly TimeSpan FirstAfterDoubt = TimeSpan.FromMinutes(15);

    /// <param name="attempts">How often it was tried, at least 1.</param>
    /// <param name="inDoubt">Whether nobody can tell if the last attempt succeeded.</param>
    /// <param name="jitter">A number from 0 to 1 that spreads attempts by ±20 %.</param>
    public static TimeSpan DelayAfter(int attempts, bool inDoubt, double jitter)
    {
        var delay = attempts <= Delays.Count ? Delays[attempts - 1] : Later;
        if (inDoubt && delay < FirstAfterDoubt)
            delay = FirstAfterDoubt;
        return delay * (0.8 + (0.4 * jitter));
    }

    /// <summary>Whether a mail that did not go is given up: an operator finds it among the failed ones.</summary>
    /// <param name="kind">The kind of communication.</param>
    /// <param name="dueAt">When it is due, in UTC; null when it never is.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="doubts">
    /// How often nobody could tell whether it had gone, each of which may be a double; 0 when it surely did not go this time.
    /// </param>
    /// <param name="now">The time in UTC.</param>
    public static bool IsExhausted(CommunicationKind kind, DateTime? dueAt, int attempts, int doubts, DateTime now)
    {
        var patience = Table[kind];
        return doubts >= patience.MostDoubts
            || (attempts >= patience.MostAttempts && !(patience.UntilDue && now < dueAt + AfterDueDate));
    }

    /// <param name="MostAttempts">How often the relay is asked.</param>
    /// <param name="MostDoubts">How often the outcome may be unknown.</param>
    /// <param name="UntilDue">Whether it is tried on until a week after its due date, however often.</param>
    private sealed record Patience(int MostAttempts, int MostDoubts, bool UntilDue);
}
