using PartnerCenter.Domain;

namespace PartnerCenter.Web.Features.VerifyContact;

/// <param name="Token">What the link carries.</param>
/// <param name="MembershipId">Whose address it is.</param>
/// <param name="OrganizationId">Where.</param>
/// <param name="OrganizationKey">The key of the organization.</param>
/// <param name="OrganizationName">What it is called.</param>
/// <param name="Address">The address that waits.</param>
/// <param name="MayConfirm">Whether it can be confirmed by this link, and if not, why.</param>
public sealed record VerifyContactPage(
    string Token, int MembershipId, int OrganizationId, string OrganizationKey, string OrganizationName, string Address, Verdict MayConfirm);
