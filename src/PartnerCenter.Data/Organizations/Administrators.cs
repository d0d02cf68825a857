using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Organizations;

/// <summary>Finds whom a member can ask for access.</summary>
public static class Administrators
{
    /// <summary>The members with the role Global admin, whether or not it counts now.</summary>
    public static IQueryable<Membership> GlobalAdmins(this IQueryable<Membership> memberships) =>
        memberships.Where(membership => membership.Roles.Any(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key));

    /// <summary>The members who may grant a role that opens the workspace, by name.</summary>
    public static IQueryable<Membership> AdministratorsOf(this PartnerCenterDb db, int organizationId, Workspace workspace, DateTime now)
    {
        var granters = AccessTable.RolesThatOpen(workspace)
            .SelectMany(GrantTable.GrantersOf)
            .Append(RoleCatalogue.GlobalAdmin)
            .Select(role => role.Key)
            .Distinct()
            .ToList();
        return db.Memberships.ActiveAt(now)
            .Where(membership => membership.OrganizationId == organizationId && !membership.Person.IsDisabled)
            .Where(membership => membership.Roles.Any(grant => granters.Contains(grant.Role) && (grant.EndsAt == null || grant.EndsAt > now)))
            .OrderBy(membership => membership.Person.Name);
    }
}
