using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.Join;

/// <param name="Token">What the link carries.</param>
/// <param name="IsOver">Whether the link was used, has ended or was taken back.</param>
/// <param name="Organization">The name of the organization that invites; null where there is none.</param>
/// <param name="InvitedBy">Who invites; null where nobody does.</param>
/// <param name="Address">The address that a password would be for; null where nobody signs in by one.</param>
/// <param name="SignedInAs">The name of somebody else who is signed in on this browser; null if nobody is.</param>
/// <param name="Providers">The identity providers that one can sign in with.</param>
public sealed record JoinPage(
    string Token, bool IsOver, string? Organization, string? InvitedBy, string? Address, string? SignedInAs, IReadOnlyList<SignInProvider> Providers);
