using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Access;

/// <summary>Chooses access requests by who may answer them; the rules behind the choice are those of <see cref="GrantPolicy"/>.</summary>
public static class AnswerableRequests
{
    /// <summary>
    /// What <see cref="GrantPolicy.MayAnswer"/> says, for the database, and what the member has answered before, whatever their roles
    /// are now.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="decider">Who answers, with roles.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="now">The time in UTC.</param>
    public static IQueryable<AccessRequest> RequestsFor(this PartnerCenterDb db, Membership decider, WorkspaceCatalogue workspaces, DateTime now)
    {
        var granted = GrantPolicy.GrantedToOthersBy(decider, now);
        var roles = granted.Select(role => role.Key).ToList();
        var opened = workspaces.All.Where(workspace => AccessTable.RolesThatOpen(workspace).Any(granted.Contains)).Select(workspace => workspace.Key).ToList();
        AuditAction[] answers = [AuditAction.AccessRequestApproved, AuditAction.AccessRequestDenied];

        // A request keeps the name of who decided; the activity log knows which member that was.
        return db.AccessRequests
            .Where(request => request.OrganizationId == decider.OrganizationId && request.MembershipId != decider.Id)
            .Where(request =>
                (request.Role != null && roles.Contains(request.Role))
                || (request.Role == null && opened.Contains(request.Workspace!))
                || db.AuditEntries.Any(entry =>
                    entry.OrganizationId == request.OrganizationId
                    && entry.SubjectMembershipId == request.MembershipId
                    && entry.ActorMembershipId == decider.Id
                    && entry.At == request.ClosedAt
                    && answers.Contains(entry.Action)
                    && entry.Topic == (request.Role ?? request.Workspace)));
    }
}
