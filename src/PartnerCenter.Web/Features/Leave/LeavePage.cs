using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Leave;

/// <param name="Organization">What one would leave.</param>
/// <param name="Grants">The roles that one would no longer have.</param>
public sealed record LeavePage(Organization Organization, IReadOnlyList<RoleAssignment> Grants);
