namespace PartnerCenter.Domain.Access;

/// <summary>One mail by which somebody who forgot their password chooses another. What its link carries is known here by its hash only.</summary>
public sealed class PasswordReset
{
    /// <summary>How long the link counts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    // Whoever asks is told nothing, so this only keeps somebody's mailbox from being filled.
    private static readonly (int Most, TimeSpan Within)[] Limits = [(3, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))];

    private PasswordReset()
    {
    }

    /// <param name="personId">Whose password it is about.</param>
    /// <param name="secret">What the link carries.</param>
    /// <param name="now">The time in UTC.</param>
    public PasswordReset(int personId, string secret, DateTime now)
    {
        PersonId = personId;
        SecretHash = Secret.Hash(secret);
        AskedAt = now;
        ExpiresAt = now + Lasts;
    }

    /// <summary>For how long a mail counts when another one is asked for.</summary>
    public static TimeSpan CountedFor { get; } = Limits.Max(limit => limit.Within);

    public long Id { get; private set; }

    public int PersonId { get; private set; }

    public string SecretHash { get; private set; } = "";

    public DateTime AskedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>When a password was chosen by it, or another link took its place, in UTC; null while it is open.</summary>
    public DateTime? ClosedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether another mail is sent to somebody.</summary>
    /// <param name="asked">When they had mails sent, within <see cref="CountedFor"/>.</param>
    /// <param name="now">The time in UTC.</param>
    public static bool MayMail(IReadOnlyCollection<DateTime> asked, DateTime now) =>
        Limits.All(limit => asked.Count(at => at > now - limit.Within) < limit.Most);

    public bool IsOpenAt(DateTime now) => ClosedAt is null && now < ExpiresAt;

    public void Close(DateTime now) => ClosedAt ??= now;
}
