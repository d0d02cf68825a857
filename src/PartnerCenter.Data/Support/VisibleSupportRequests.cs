using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data.Support;

/// <summary>Who sees which support requests: everybody their own, and those who manage them all of the organization.</summary>
public static class VisibleSupportRequests
{
    /// <param name="requests">All requests.</param>
    /// <param name="member">Who looks.</param>
    /// <param name="now">The time in UTC.</param>
    public static IQueryable<SupportRequest> VisibleTo(this IQueryable<SupportRequest> requests, Membership member, DateTime now)
    {
        var (organizationId, membershipId, seesAll) = (member.OrganizationId, member.Id, SeesAll(member, now));
        return requests.Where(request => request.OrganizationId == organizationId && (seesAll || request.MembershipId == membershipId));
    }

    /// <summary>Requests as they stand: what was resolved long enough ago counts as closed.</summary>
    /// <param name="requests">Some requests.</param>
    /// <param name="state">How they should stand.</param>
    /// <param name="now">The time in UTC.</param>
    public static IQueryable<SupportRequest> In(this IQueryable<SupportRequest> requests, SupportState state, DateTime now)
    {
        var closedSince = now - SupportRequestPolicy.ReopenResolvedWithin;
        return state switch
        {
            SupportState.Resolved => requests.Where(request => request.State == state && request.StateSince > closedSince),
            SupportState.Closed => requests.Where(request =>
                request.State == state || (request.State == SupportState.Resolved && request.StateSince <= closedSince)),
            _ => requests.Where(request => request.State == state),
        };
    }

    /// <summary>Requests with all that is needed to read them: who asks, and the notes, the oldest first.</summary>
    public static IQueryable<SupportRequest> WithConversation(this IQueryable<SupportRequest> requests) => requests.AsNoTracking()
        .Include(request => request.Requester).ThenInclude(requester => requester.Person)
        .Include(request => request.Requester).ThenInclude(requester => requester.Organization)
        .Include(request => request.Notes.OrderBy(note => note.Id))
        .AsSplitQuery();

    private static bool SeesAll(Membership member, DateTime now) => AccessTable.Allows(
        Permission.ManageSupportRequests, [.. member.Roles.Where(grant => grant.CountsAt(now)).Select(grant => grant.Role)]);
}
