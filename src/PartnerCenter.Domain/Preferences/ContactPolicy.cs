namespace PartnerCenter.Domain.Preferences;

/// <summary>How an address is shown to be somebody's own: how long a mail about it counts, how often one is sent, and what can still be confirmed.</summary>
public static class ContactPolicy
{
    /// <summary>How many wrong codes a mail stands; after that its code is worth nothing, and another mail is needed.</summary>
    public const int MostWrongCodes = 5;

    /// <summary>How long the link and the code of a mail count.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    // What one person has sent, to whatever addresses and from whatever organizations.
    private static readonly Limit[] OfPerson =
    [
        new(3, TimeSpan.FromHours(1), Reasons.TooManyVerifications),
        new(10, TimeSpan.FromDays(1), Reasons.TooManyVerificationsInADay),
    ];

    // What one address gets, whoever asks: it may be the address of somebody who wants none of it.
    private static readonly Limit[] ToAddress =
    [
        new(1, TimeSpan.FromMinutes(1), _ => Reasons.VerificationJustSent),
        new(3, TimeSpan.FromDays(1), Reasons.TooManyVerificationsToAddress),
    ];

    private static readonly Dictionary<VerificationState, Verdict> Rows = new()
    {
        [VerificationState.Open] = Verdict.Allowed,
        [VerificationState.Confirmed] = Verdict.Refused(Reasons.VerificationIsUsed),
        [VerificationState.Replaced] = Verdict.Refused(Reasons.VerificationIsReplaced),
        [VerificationState.Cancelled] = Verdict.Refused(Reasons.VerificationIsCancelled),
    };

    /// <summary>Whether an address can be confirmed by a mail that stands like this.</summary>
    public static Verdict MayConfirm(VerificationState state, DateTime expiresAt, DateTime now) =>
        Rows[state].IsAllowed && now >= expiresAt ? Verdict.Refused(Reasons.VerificationHasExpired) : Rows[state];

    /// <summary>Whether a code is looked at.</summary>
    public static Verdict MayTry(int wrongCodes) =>
        wrongCodes < MostWrongCodes ? Verdict.Allowed : Verdict.Refused(Reasons.TooManyWrongCodes);

    /// <summary>For how long a mail counts when another one is asked for.</summary>
    public static TimeSpan CountedFor { get; } = OfPerson.Concat(ToAddress).Max(limit => limit.Within);

    /// <summary>Whether another mail may be sent.</summary>
    /// <param name="ofPerson">What the person had sent within <see cref="CountedFor"/>.</param>
    /// <param name="toAddress">What anybody had sent to the address within <see cref="CountedFor"/>.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayMail(
        IReadOnlyCollection<ContactVerification> ofPerson, IReadOnlyCollection<ContactVerification> toAddress, DateTime now)
    {
        var reached = OfPerson.FirstOrDefault(limit => limit.IsReached(ofPerson, now)) ?? ToAddress.FirstOrDefault(limit => limit.IsReached(toAddress, now));
        return reached is null ? Verdict.Allowed : Verdict.Refused(reached.Because(reached.Most));
    }

    private sealed record Limit(int Most, TimeSpan Within, Func<int, Reason> Because)
    {
        public bool IsReached(IEnumerable<ContactVerification> sent, DateTime now) => sent.Count(mail => mail.SentAt > now - Within) >= Most;
    }
}
