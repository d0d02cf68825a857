using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>Hand-overs to somebody who cannot do the action any more: who has left, is kept out, or is not addressed by a role now.</summary>
internal static class StrandedHandOvers
{
    /// <summary>Ends those of an organization, so that the others can do the action or hand it over again; whoever asked is told.</summary>
    public static async Task ReleaseStrandedHandOversAsync(
        this PartnerCenterDb db, int organizationId, DateTime now, CancellationToken cancellation)
    {
        foreach (var handOver in await db.StrandedAt(organizationId, now).ToListAsync(cancellation))
        {
            var id = handOver.CommunicationId;
            var colleague = await db.Memberships.Shown().SingleAsync(member => member.MembershipId == handOver.ToMembershipId, cancellation);
            db.Remove(handOver);
            db.Add(CommunicationStep.ByPortal(id, organizationId, StepKind.Released, now));
            await db.TellOfHandOverAsync(
                organizationId,
                id,
                handOver.FromMembershipId,
                (member, titles) => PortalNotices.HandOverReleased(member, id, titles, colleague.Name, now),
                now,
                cancellation);
        }
    }

    private static IQueryable<HandOver> StrandedAt(this PartnerCenterDb db, int organizationId, DateTime now)
    {
        var (active, counts, everyone) = (db.Memberships.ActiveAt(now), Members.GrantsCountingAt(now), RoleCatalogue.DefaultUser.Key);
        var reachable = db.CommunicationTargets.Where(target => target.OrganizationId == organizationId || target.OrganizationId == null);
        return db.HandOvers
            .Where(handOver => handOver.OrganizationId == organizationId)
            .Where(handOver => db.Communications.Any(action => action.Id == handOver.CommunicationId && action.WithdrawnAt == null))
            .Where(handOver => !reachable.Any(target => target.CommunicationId == handOver.CommunicationId
                && active.Any(member => member.Id == handOver.ToMembershipId
                    && (member.Id == target.MembershipId
                        || target.Role == everyone
                        || member.Roles.AsQueryable().Where(counts).Any(grant => grant.Role == target.Role)))));
    }
}
