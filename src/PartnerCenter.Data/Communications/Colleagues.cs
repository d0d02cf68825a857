using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds the colleagues who see the same communication.</summary>
public static class Colleagues
{
    private const int MostShown = 200;

    /// <summary>The active members of the reader's organization, besides the reader, to whom the communication is addressed; by name.</summary>
    public static async Task<IReadOnlyList<Colleague>> ColleaguesOfAsync(
        this PartnerCenterDb db, Reader reader, long communicationId, DateTime now, CancellationToken cancellation = default) =>
        await (await SeeingAsync(db, reader, communicationId, now, cancellation))
            .OrderBy(membership => membership.Person.Name)
            .ThenBy(membership => membership.Id)
            .Take(MostShown)
            .Select(membership => new Colleague(membership.Id, membership.Person.Name))
            .ToListAsync(cancellation);

    /// <summary>Whether a membership is that of one of them.</summary>
    public static async Task<bool> IsColleagueAsync(
        this PartnerCenterDb db, Reader reader, long communicationId, int membershipId, DateTime now, CancellationToken cancellation = default) =>
        await (await SeeingAsync(db, reader, communicationId, now, cancellation)).AnyAsync(membership => membership.Id == membershipId, cancellation);

    private static async Task<IQueryable<Membership>> SeeingAsync(
        PartnerCenterDb db, Reader reader, long communicationId, DateTime now, CancellationToken cancellation)
    {
        var roles = await db.CommunicationTargets
            .Where(target => target.CommunicationId == communicationId && target.Role != null)
            .Where(target => target.OrganizationId == null || target.OrganizationId == reader.OrganizationId)
            .Select(target => target.Role!)
            .Distinct()
            .ToListAsync(cancellation);
        var members = db.Memberships.ActiveAt(now)
            .Where(membership => membership.OrganizationId == reader.OrganizationId && membership.Id != reader.MembershipId);
        return roles.Contains(RoleCatalogue.DefaultUser.Key) ? members : members.Holding(roles, now);
    }
}

/// <summary>A member of the same organization.</summary>
public sealed record Colleague(int MembershipId, string Name);
