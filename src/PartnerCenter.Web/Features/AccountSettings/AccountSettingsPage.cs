using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.AccountSettings;

/// <param name="Membership">Who I am in this organization.</param>
/// <param name="Grants">My roles.</param>
public sealed record AccountSettingsPage(Membership Membership, IReadOnlyList<RoleAssignment> Grants);
