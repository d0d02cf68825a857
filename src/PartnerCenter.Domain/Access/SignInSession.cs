using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>That somebody is signed in. The cookie holds only the id whose hash is here; deleting the row signs them out.</summary>
public sealed class SignInSession
{
    /// <summary>How long a session lasts however busy it is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long a session lasts without a request.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(60);

    // A request refreshes the row only now and then, so that reading pages does not write.
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(5);

    private SignInSession()
    {
    }

    /// <param name="id">What the cookie holds.</param>
    /// <param name="person">Who has just proved who they are.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="proof">What an identity provider said; null where none was asked.</param>
    /// <param name="from">What is known of where it begins.</param>
    public SignInSession(string id, Person person, DateTime now, ProviderProof? proof = null, SessionOrigin? from = null)
    {
        IdHash = Secret.Hash(id);
        Person = person;
        CreatedAt = now;
        LastSeenAt = now;
        (Browser, System, Network) = from ?? SessionOrigin.Unknown;

        // Somebody who is signed in at a provider gets here without showing anything; one that does not tell has proved nothing lately.
        AuthenticatedAt = proof is null ? now : proof.AuthenticatedAt ?? now - FreshSignInTable.Lasts;
        (Provider, Tenant, ProviderSession, SignOutHint) = (proof?.Provider, proof?.Tenant, proof?.Session, proof?.SignOutHint);
    }

    public string IdHash { get; private set; } = "";

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    /// <summary>When the person last proved who they are, in UTC.</summary>
    public DateTime AuthenticatedAt { get; private set; }

    /// <summary>The family of browsers that it began in, such as Firefox; null if it is not known.</summary>
    public string? Browser { get; private set; }

    /// <summary>The operating system that it began on, such as Windows; null if it is not known.</summary>
    public string? System { get; private set; }

    /// <summary>The network address that it began from, without what tells one connection from its neighbours; null if it is not known.</summary>
    public string? Network { get; private set; }

    /// <summary>Whether the person has proved who they are lately enough for what gives lasting power (<see cref="FreshSignInTable"/>).</summary>
    public bool IsFreshAt(DateTime now) => now < AuthenticatedAt + FreshSignInTable.Lasts;

    /// <summary>The key of the identity provider by which this person came; null where none was asked.</summary>
    public string? Provider { get; private set; }

    /// <summary>The tenant at Entra ID that vouched for this person; null at other providers.</summary>
    public string? Tenant { get; private set; }

    /// <summary>What the provider calls its own session (<c>sid</c>): when that ends there, this one ends, too.</summary>
    public string? ProviderSession { get; private set; }

    /// <summary>What the provider wants to be told at sign-out, so that it need not ask which account is meant.</summary>
    public string? SignOutHint { get; private set; }

    /// <summary>What stays of the round to the provider; null where none was asked.</summary>
    public ProviderProof? Proof => Provider is { } provider ? new(provider, Tenant, ProviderSession, SignOutHint, AuthenticatedAt) : null;

    public bool IsValidAt(DateTime now) => now < CreatedAt + Longest && now < LastSeenAt + LongestIdle;

    public bool NeedsRefreshAt(DateTime now) => now >= LastSeenAt + RefreshAfter;

    public void Refresh(DateTime now) => LastSeenAt = now;
}

/// <summary>Where a session began, in words that tell its person apart from a stranger and a stranger little.</summary>
/// <param name="Browser">The family of browsers; null if it is not known.</param>
/// <param name="System">The operating system; null if it is not known.</param>
/// <param name="Network">The network address without its end; null if it is not known.</param>
public sealed record SessionOrigin(string? Browser, string? System, string? Network)
{
    /// <summary>How many characters each of them has at most.</summary>
    public const int Longest = 50;

    public static readonly SessionOrigin Unknown = new(null, null, null);
}
