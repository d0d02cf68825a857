namespace PartnerCenter.Domain.Access;

/// <summary>What stays of a round to an identity provider for as long as the session lasts.</summary>
/// <param name="Provider">The key of the provider in the configuration.</param>
/// <param name="Tenant">The tenant at Entra ID; null at other providers.</param>
/// <param name="Session">What the provider calls its own session (<c>sid</c>); null if it did not say.</param>
/// <param name="SignOutHint">What it wants to be told at sign-out; null if it did not say.</param>
/// <param name="AuthenticatedAt">When somebody last showed it who they are, by a password, say, in UTC; null if it did not say.</param>
public sealed record ProviderProof(string Provider, string? Tenant, string? Session, string? SignOutHint, DateTime? AuthenticatedAt)
{
    /// <summary>How many characters of these are stored at most; what is longer is as good as not said.</summary>
    public const int Longest = 300;
}
