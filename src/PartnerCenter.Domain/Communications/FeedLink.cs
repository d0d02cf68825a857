using PartnerCenter.Domain.Access;

namespace PartnerCenter.Domain.Communications;

/// <summary>A private address under which a program (a calendar, a feed reader) reads what one member may see, without signing in.</summary>
public sealed class FeedLink
{
    private FeedLink()
    {
    }

    private FeedLink(int membershipId, FeedKind kind, string secretHash, DateTime now)
    {
        MembershipId = membershipId;
        Kind = kind;
        SecretHash = secretHash;
        CreatedAt = now;
    }

    public int MembershipId { get; private set; }

    public FeedKind Kind { get; private set; }

    /// <summary>The hash of the secret in the address; the secret itself is shown once and not kept.</summary>
    public string SecretHash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>When a program last read it, to the day.</summary>
    public DateTime? LastUsedAt { get; private set; }

    public int Version { get; private set; }

    /// <returns>The link, and the secret of its address, which is kept nowhere.</returns>
    public static (FeedLink Link, string Secret) Create(int membershipId, FeedKind kind, DateTime now)
    {
        var secret = Secret.Create();
        return (new FeedLink(membershipId, kind, Secret.Hash(secret), now), secret);
    }

    /// <summary>Gives the link another address; the one before opens nothing any more.</summary>
    /// <returns>The secret of the new address.</returns>
    public string Renew(DateTime now)
    {
        var secret = Secret.Create();
        (SecretHash, CreatedAt, LastUsedAt) = (Secret.Hash(secret), now, null);
        return secret;
    }

    /// <summary>Notes that it was read, to the day: the hour would tell when somebody is at work, and cost a write each time.</summary>
    /// <returns>False when that is known already.</returns>
    public bool Use(DateTime now)
    {
        if (LastUsedAt == now.Date)
            return false;

        LastUsedAt = now.Date;
        return true;
    }
}

/// <summary>What a feed tells.</summary>
public enum FeedKind
{
    /// <summary>The due dates of open actions, for a calendar.</summary>
    Calendar,

    /// <summary>The notifications, for a feed reader.</summary>
    Notifications,
}
