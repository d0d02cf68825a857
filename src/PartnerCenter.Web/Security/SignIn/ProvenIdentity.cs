namespace PartnerCenter.Web.Security.SignIn;

/// <summary>Who somebody is, as a provider has proved it.</summary>
/// <param name="Issuer">The issuer of the token; at Entra ID that of the tenant.</param>
/// <param name="Subject">The <c>oid</c> at Entra ID, the <c>sub</c> elsewhere.</param>
public sealed record ProvenIdentity(string Issuer, string Subject)
{
    /// <summary>The tenant at Entra ID; null at other providers.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether they are a guest in the tenant, who belongs to another one.</summary>
    public bool IsGuest { get; init; }

    /// <summary>What they call themselves. It is for showing only and proves nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What they say that their mail address is. It is for writing to them only and proves nothing.</summary>
    public string? Address { get; init; }

    /// <summary>When they last showed the provider who they are, by a password, say; null if it does not tell.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>What the provider calls its own session.</summary>
    public string? Session { get; init; }

    /// <summary>What the provider wants to be told at sign-out.</summary>
    public string? SignOutHint { get; init; }
}
