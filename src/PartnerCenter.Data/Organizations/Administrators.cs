using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Organizations;

/// <summary>Finds whom a member can ask for access.</summary>
public static class Administrators
{
    private static readonly IReadOnlyList<string> Granters = GrantersOf(RoleCatalogue.All);

    /// <summary>The members with the role Global admin, whether or not it counts now.</summary>
    public static IQueryable<Membership> GlobalAdmins(this IQueryable<Membership> memberships) =>
        memberships.Where(membership => membership.Roles.Any(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key));

    /// <summary>The members who may grant a role that opens the workspace, by name.</summary>
    public static IQueryable<Membership> AdministratorsOf(this PartnerCenterDb db, int organizationId, Workspace workspace, DateTime now) =>
        db.HoldersOf(organizationId, GrantersFor(workspace), now);

    /// <summary>
    /// Everybody who may grant any role to others, with what they hold, by name: one query for a page that asks about many roles or
    /// workspaces.
    /// </summary>
    public static async Task<IReadOnlyList<Administrator>> ReadAdministratorsAsync(
        this PartnerCenterDb db, int organizationId, DateTime now, CancellationToken cancellation = default)
    {
        var counts = Members.GrantsCountingAt(now);
        return await db.HoldersOf(organizationId, Granters, now)
            .Select(membership => new Administrator(
                membership.Id,
                membership.Person.Name,
                membership.ContactAddress ?? membership.Person.SignInAddress,
                membership.Roles.AsQueryable().Where(counts).Select(grant => grant.Role).ToList()))
            .ToListAsync(cancellation);
    }

    /// <summary>The keys of the roles whose holders may grant one of these.</summary>
    internal static IReadOnlyList<string> GrantersOf(IEnumerable<Role> roles) =>
        [.. roles.SelectMany(GrantTable.GrantersOf).Select(role => role.Key).Distinct()];

    // Where no role opens more than every member may do, a Global admin still knows whom to turn to.
    internal static IReadOnlyList<string> GrantersFor(Workspace workspace) =>
        [.. GrantersOf(AccessTable.RolesThatOpen(workspace)).Union([RoleCatalogue.GlobalAdmin.Key])];

    private static IQueryable<Membership> HoldersOf(this PartnerCenterDb db, int organizationId, IReadOnlyList<string> roles, DateTime now) => db.Memberships.ActiveAt(now)
        .Where(membership => membership.OrganizationId == organizationId)
        .Holding(roles, now)
        .OrderBy(membership => membership.Person.Name).ThenBy(membership => membership.Id);
}

/// <summary>Somebody who may grant roles to others.</summary>
/// <param name="MembershipId">Who.</param>
/// <param name="Name">The name.</param>
/// <param name="Address">Where mail reaches them.</param>
/// <param name="Roles">The keys of the roles that they hold now.</param>
public sealed record Administrator(int MembershipId, string Name, string Address, IReadOnlyList<string> Roles)
{
    /// <summary>Whether this person may grant one of these roles to somebody else.</summary>
    public bool MayGrant(IEnumerable<Role> roles) => Administrators.GrantersOf(roles).Any(Roles.Contains);

    /// <summary>Whether this person can be asked for access to the workspace.</summary>
    public bool Administers(Workspace workspace) => Administrators.GrantersFor(workspace).Any(Roles.Contains);
}
