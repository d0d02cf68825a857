namespace PartnerCenter.Domain.Preferences;

/// <summary>How an address is shown to be somebody's own: how long a mail about it counts, how often one is sent, and what can still be confirmed.</summary>
public static class ContactPolicy
{
    /// <summary>How many wrong codes a mail stands; after that its code is worth nothing, and another mail is needed.</summary>
    public const int MostWrongCodes = 5;

    /// <summary>How many mails a member can have sent within <see cref="LongWhile"/>, to whatever addresses.</summary>
    public const int MostMails = 5;

    /// <summary>How long the link and the code of a mail count.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>How long an address is left in peace after a mail.</summary>
    public static readonly TimeSpan ShortWhile = TimeSpan.FromMinutes(1);

    /// <summary>The time over which mails are counted.</summary>
    public static readonly TimeSpan LongWhile = TimeSpan.FromHours(1);

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

    /// <summary>Whether another mail may be sent.</summary>
    /// <param name="address">Where it would go.</param>
    /// <param name="sent">What the member had sent lately.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayMail(string address, IReadOnlyCollection<ContactVerification> sent, DateTime now)
    {
        if (sent.Count(mail => mail.SentAt > now - LongWhile) >= MostMails)
            return Verdict.Refused(Reasons.TooManyVerifications(MostMails));
        return sent.Any(mail => mail.SentAt > now - ShortWhile && string.Equals(mail.Address, address, StringComparison.OrdinalIgnoreCase))
            ? Verdict.Refused(Reasons.VerificationJustSent)
            : Verdict.Allowed;
    }
}
