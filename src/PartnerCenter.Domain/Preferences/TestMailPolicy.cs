namespace PartnerCenter.Domain.Preferences;

/// <summary>How often a member may try whether mail arrives.</summary>
public static class TestMailPolicy
{
    /// <summary>How many test mails a member may ask for within <see cref="CountedFor"/>.</summary>
    public const int Most = 5;

    public static readonly TimeSpan CountedFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <param name="sent">When the member asked within <see cref="CountedFor"/>, in UTC.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict May(IReadOnlyCollection<DateTime> sent, DateTime now) =>
        sent.Any(at => at > now - Apart) ? Verdict.Refused(Reasons.TestMailJustSent)
        : sent.Count(at => at > now - CountedFor) >= Most ? Verdict.Refused(Reasons.TooManyTestMails(Most))
        : Verdict.Allowed;
}
