using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>What waits in an organization as a whole, whoever of its members sees it. Nobody is shown more than a number.</summary>
public static class OpenWork
{
    /// <summary>How many actions in these workspaces reach a member of the organization and are not completed for it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="organizationId">Which organization.</param>
    /// <param name="workspaces">The keys of the workspaces.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static Task<int> CountOpenActionsAsync(
        this PartnerCenterDb db, int organizationId, IReadOnlyCollection<string> workspaces, DateTime now, CancellationToken cancellation = default)
    {
        var actions = CommunicationPolicy.Actions.Select(kind => (int)kind).ToList();
        var everyone = RoleCatalogue.DefaultUser.Key;
        var members = db.Memberships.ActiveAt(now).Where(membership => membership.OrganizationId == organizationId);
        var roles = members.SelectMany(membership => membership.Roles).Where(Members.GrantsCountingAt(now)).Select(grant => grant.Role);
        return db.OpenIn(organizationId, workspaces, actions)
            .Where(target => roles.Contains(target.Role)
                || members.Any(member => member.Id == target.MembershipId || target.Role == everyone))
            .Select(target => target.CommunicationId)
            .Distinct()
            .CountAsync(cancellation);
    }

    /// <summary>What is addressed to an organization, or to somebody in it, and still to be done or shown there.</summary>
    /// <param name="db">The database.</param>
    /// <param name="organizationId">Which organization.</param>
    /// <param name="workspaces">The keys of the workspaces.</param>
    /// <param name="kinds">The kinds as their numbers.</param>
    internal static IQueryable<CommunicationTarget> OpenIn(
        this PartnerCenterDb db, int organizationId, IReadOnlyCollection<string> workspaces, IReadOnlyCollection<int> kinds)
    {
        var here = Completion.ForOrganization(organizationId);
        return db.CommunicationTargets.AsNoTracking()
            .Where(target => target.Live == 1 && (target.OrganizationId == organizationId || target.OrganizationId == null))
            .Where(target => workspaces.Contains(target.Workspace) && kinds.Contains(target.Kind))
            .Where(target => !db.Completions.Any(done => done.CommunicationId == target.CommunicationId && done.CompletedFor == here));
    }
}
