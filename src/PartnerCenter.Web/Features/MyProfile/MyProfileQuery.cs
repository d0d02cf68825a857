using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.MyProfile;

/// <summary>Reads what somebody is in their directories.</summary>
public sealed class MyProfileQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<MyProfilePage> ReadAsync(Person person, NameForm form, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var memberships = await db.Memberships.ActiveAt(now).AsNoTracking()
            .Where(membership => membership.PersonId == person.Id)
            .Include(membership => membership.Organization)
            .Include(membership => membership.Roles)
            .OrderBy(membership => membership.Organization.Name)
            .ToListAsync(cancellation);
        var here = memberships.Select(membership => membership.OrganizationId).ToList();
        var withTenant = await db.TrustedTenants
            .Where(tenant => tenant.OrganizationId != null && here.Contains(tenant.OrganizationId.Value))
            .Select(tenant => tenant.OrganizationId)
            .ToListAsync(cancellation);
        return new MyProfilePage(person, form, [.. memberships.Select(membership => new ProfileDirectoryRow(
            membership.Organization,
            membership.JobTitle,
            membership.JoinedAt,
            [.. membership.Roles.Where(grant => grant.CountsAt(now)).Select(grant => grant.Role).Distinct()],
            withTenant.Contains(membership.OrganizationId)))]);
    }
}
