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
    /// <param name="person">Who is signed in.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="proof">What an identity provider said; null where none was asked.</param>
    public SignInSession(string id, Person person, DateTime now, ProviderProof? proof = null)
    {
        IdHash = Secret.Hash(id);
        Person = person;
        CreatedAt = now;
        LastSeenAt = now;
        (Provider, Tenant, ProviderSession, SignOutHint) = (proof?.Provider, proof?.Tenant, proof?.Session, proof?.SignOutHint);
    }

    public string IdHash { get; private set; } = "";

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    /// <summary>The key of the identity provider by which this person came; null where none was asked.</summary>
    public string? Provider { get; private set; }

    /// <summary>The tenant at Entra ID that vouched for this person; null at other providers.</summary>
    public string? Tenant { get; private set; }

    /// <summary>What the provider calls its own session (<c>sid</c>): when that ends there, this one ends, too.</summary>
    public string? ProviderSession { get; private set; }

    /// <summary>What the provider wants to be told at sign-out, so that it need not ask which account is meant.</summary>
    public string? SignOutHint { get; private set; }

    /// <summary>What stays of the round to the provider; null where none was asked.</summary>
    public ProviderProof? Proof => Provider is { } provider ? new(provider, Tenant, ProviderSession, SignOutHint) : null;

    public bool IsValidAt(DateTime now) => now < CreatedAt + Longest && now < LastSeenAt + LongestIdle;

    public bool NeedsRefreshAt(DateTime now) => now >= LastSeenAt + RefreshAfter;

    public void Refresh(DateTime now) => LastSeenAt = now;
}
