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
        return new MyProfilePage(person, form, [.. memberships.Select(membership => new ProfileDirectoryRow(
            membership.Organization,
            membership.JobTitle,
            membership.JoinedAt,
            [.. membership.Roles.Where(grant => grant.CountsAt(now)).Select(grant => grant.Role).Distinct()]))]);
    }
}
