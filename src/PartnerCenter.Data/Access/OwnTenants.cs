using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>
/// The tenants at Entra ID that organizations have of their own. An organization may let its members work only while one of them vouches
/// for them (<see cref="Organization.TakesOnlyOwnAccounts"/>).
/// </summary>
public static class OwnTenants
{
    /// <summary>The tenants of an organization, the oldest first.</summary>
    public static IQueryable<TrustedTenant> TenantsOf(this PartnerCenterDb db, int organizationId) => db.TrustedTenants
        .Where(tenant => tenant.OrganizationId == organizationId)
        .OrderBy(tenant => tenant.TrustedAt).ThenBy(tenant => tenant.Tenant);

    /// <summary>Whether a tenant is one of an organization's own.</summary>
    /// <param name="db">The database.</param>
    /// <param name="organizationId">Which organization.</param>
    /// <param name="tenant">The tenant that vouches for somebody; null if none does.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<bool> IsOwnTenantAsync(this PartnerCenterDb db, int organizationId, string? tenant, CancellationToken cancellation = default) =>
        tenant is not null && await db.TenantsOf(organizationId).AnyAsync(own => own.Tenant == tenant, cancellation);

    /// <summary>Whether a member can work in their organization while this tenant vouches for them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="membership">The membership, with its organization.</param>
    /// <param name="tenant">The tenant; null if none vouches.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<bool> IsOpenToAccountsOfAsync(this PartnerCenterDb db, Membership membership, string? tenant, CancellationToken cancellation = default) =>
        !membership.Organization.TakesOnlyOwnAccounts || await db.IsOwnTenantAsync(membership.OrganizationId, tenant, cancellation);

    /// <summary>The same for many: those memberships with which somebody can work for whom this tenant vouches.</summary>
    /// <param name="memberships">The memberships.</param>
    /// <param name="tenant">The tenant; null if none vouches.</param>
    /// <param name="db">The database.</param>
    public static IQueryable<Membership> OpenToAccountsOf(this IQueryable<Membership> memberships, string? tenant, PartnerCenterDb db) =>
        memberships.Where(membership => !membership.Organization.TakesOnlyOwnAccounts
            || db.TrustedTenants.Any(own => own.OrganizationId == membership.OrganizationId && own.Tenant == tenant));
}
