namespace PartnerCenter.Domain.Mail;

/// <summary>When a mail that did not go is tried again.</summary>
public static class RetryPolicy
{
    private static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60),
    ];

    private static readonly TimeSpan Later = TimeSpan.FromHours(2);

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
}
