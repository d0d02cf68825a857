using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Features.MyProfile;

/// <summary>Reads what somebody is in their directories.</summary>
public sealed class MyProfileQuery(PartnerCenterDb db, LocalSignInSettings local, TimeProvider time)
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
        var password = await db.LocalAccounts
            .Where(account => local.IsOn && account.PersonId == person.Id)
            .Select(account => new PasswordRow(account.PasswordSetAt, account.TwoStepSince != null))
            .SingleOrDefaultAsync(cancellation);
        return new MyProfilePage(person, form, password, [.. memberships.Select(membership => new ProfileDirectoryRow(
            membership.Organization,
            membership.JobTitle,
            membership.JoinedAt,
            [.. membership.Roles.Where(grant => grant.CountsAt(now)).Select(grant => grant.Role).Distinct()],
            withTenant.Contains(membership.OrganizationId)))]);
    }
}
