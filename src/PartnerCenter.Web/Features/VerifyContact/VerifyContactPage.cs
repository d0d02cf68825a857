using PartnerCenter.Domain;

namespace PartnerCenter.Web.Features.VerifyContact;

/// <param name="Token">What the link carries.</param>
/// <param name="MembershipId">Whose address it is.</param>
/// <param name="OrganizationId">Where.</param>
/// <param name="OrganizationKey">The key of the organization.</param>
/// <param name="OrganizationName">What it is called.</param>
/// <param name="Address">The address that waits, or has waited.</param>
/// <param name="IsConfirmed">Whether it was confirmed by this link, which is no fault of whoever looks again.</param>
/// <param name="MayConfirm">Whether it can be confirmed by this link, and if not, why.</param>
public sealed record VerifyContactPage(
    string Token,
    int MembershipId,
    int OrganizationId,
    string OrganizationKey,
    string OrganizationName,
    string Address,
    bool IsConfirmed,
    Verdict MayConfirm);
