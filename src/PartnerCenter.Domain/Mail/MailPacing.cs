using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Mail;

/// <summary>
/// When mail that nobody needs at once may go: not while its reader sleeps, and of what is promotional only so much on one day. The rest
/// of a day goes in one mail, the digest, when the next day begins. Mail that is required never waits.
/// </summary>
/// <param name="QuietFrom">When the quiet hours begin, on the reader's clock.</param>
/// <param name="QuietUntil">When they end, and digests go. The same as the begin means that there are none.</param>
/// <param name="PromotionalPerDay">How many promotional mails a person gets on one day, apart from the digest.</param>
public sealed record MailPacing(TimeOnly QuietFrom, TimeOnly QuietUntil, int PromotionalPerDay)
{
    /// <summary>Whether mail of this kind may have to wait at all.</summary>
    public static bool IsPaced(CommunicationKind kind, bool requiredByAgreement) => CommunicationPolicy.MayOptOut(kind, requiredByAgreement).IsAllowed;

    /// <summary>Whether of mail of this kind only so much goes on one day.</summary>
    public static bool IsCounted(CommunicationKind kind) => CommunicationPolicy.IsPromotional(kind);

    /// <summary>When the reader's day began, in UTC.</summary>
    public static DateTime DayOf(DateTime now, TimeZoneInfo zone) => TimeZones.ToUtc(TimeZones.ToLocal(now, zone).Date, zone);

    /// <param name="kind">The kind of mail.</param>
    /// <param name="requiredByAgreement">Whether this very communication is required by agreement.</param>
    /// <param name="isInDigest">Whether it has waited for the digest, and goes in it now.</param>
    /// <param name="countToday">How many mails of its kind the person gets today before this one.</param>
    /// <param name="zone">Where the reader lives.</param>
    /// <param name="now">The time in UTC.</param>
    /// <returns>Null when it may go.</returns>
    public Postponement? Decide(CommunicationKind kind, bool requiredByAgreement, bool isInDigest, int countToday, TimeZoneInfo zone, DateTime now)
    {
        if (!IsPaced(kind, requiredByAgreement))
            return null;

        var local = TimeZones.ToLocal(now, zone);
        if (IsQuiet(TimeOnly.FromDateTime(local)))
            return new(NextMorning(local, zone), PostponementReason.QuietHours);
        return IsCounted(kind) && !isInDigest && countToday >= PromotionalPerDay
            ? new(TimeZones.ToUtc(local.Date.AddDays(1) + QuietUntil.ToTimeSpan(), zone), PostponementReason.DailyLimit)
            : null;
    }

    private bool IsQuiet(TimeOnly time) => time.IsBetween(QuietFrom, QuietUntil) && QuietFrom != QuietUntil;

    private DateTime NextMorning(DateTime local, TimeZoneInfo zone) =>
        TimeZones.ToUtc(local.Date.AddDays(TimeOnly.FromDateTime(local) < QuietUntil ? 0 : 1) + QuietUntil.ToTimeSpan(), zone);
}

/// <summary>Until when a mail waits although it could go, and why.</summary>
/// <param name="Until">In UTC.</param>
/// <param name="Because">Why.</param>
public sealed record Postponement(DateTime Until, PostponementReason Because);

/// <summary>Why a mail waits although it could go.</summary>
public enum PostponementReason
{
    /// <summary>Its reader sleeps.</summary>
    QuietHours,

    /// <summary>Its reader got enough today: it goes in the digest.</summary>
    DailyLimit,
}
