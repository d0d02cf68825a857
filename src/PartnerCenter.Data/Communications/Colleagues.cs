using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds the colleagues who see the same communication.</summary>
public static class Colleagues
{
    private const int MostShown = 200;

    /// <summary>The active members of the reader's organization, besides the reader, to whom the communication is addressed; by name.</summary>
    public static async Task<IReadOnlyList<Colleague>> ColleaguesOfAsync(
        this PartnerCenterDb db, Reader reader, long communicationId, DateTime now, CancellationToken cancellation = default)
    {
        var roles = await db.CommunicationTargets
            .Where(target => target.CommunicationId == communicationId && target.Role != null)
            .Where(target => target.OrganizationId == null || target.OrganizationId == reader.OrganizationId)
            .Select(target => target.Role!)
            .Distinct()
            .ToListAsync(cancellation);
        var members = db.Memberships.ActiveAt(now)
            .Where(membership => membership.OrganizationId == reader.OrganizationId && membership.Id != reader.MembershipId);
        if (!roles.Contains(RoleCatalogue.DefaultUser.Key))
            members = members.Holding(roles, now);
        return await members
            .OrderBy(membership => membership.Person.Name)
            .ThenBy(membership => membership.Id)
            .Take(MostShown)
            .Select(membership => new Colleague(membership.Id, membership.Person.Name))
            .ToListAsync(cancellation);
    }
}

/// <summary>A member of the same organization.</summary>
public sealed record Colleague(int MembershipId, string Name);
