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

    public SignInSession(string id, Person person, DateTime now)
    {
        IdHash = Secret.Hash(id);
        Person = person;
        CreatedAt = now;
        LastSeenAt = now;
    }

    public string IdHash { get; private set; } = "";

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    public bool IsValidAt(DateTime now) => now < CreatedAt + Longest && now < LastSeenAt + LongestIdle;

    public bool NeedsRefreshAt(DateTime now) => now >= LastSeenAt + RefreshAfter;

    public void Refresh(DateTime now) => LastSeenAt = now;
}
