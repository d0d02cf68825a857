using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.DirectorySignIn;

/// <param name="Organization">Where the reader is a member.</param>
/// <param name="Tenants">Its tenants at Entra ID; none if the portal is not connected to it.</param>
/// <param name="IsNew">Whether the reader has connected no account of these tenants yet.</param>
/// <param name="IsThere">Whether the reader is signed in with one now.</param>
public sealed record DirectorySignInPage(Organization Organization, IReadOnlyList<string> Tenants, bool IsNew, bool IsThere);
