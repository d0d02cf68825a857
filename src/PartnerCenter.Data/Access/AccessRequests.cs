using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Access;

/// <summary>Makes, answers and closes access requests.</summary>
public sealed class AccessRequests(OrganizationChanges changes, PartnerCenterDb db, WorkspaceCatalogue workspaces)
{
    /// <summary>A member asks for a role, or for a workspace.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="role">The role; null when only the workspace is known.</param>
    /// <param name="workspace">The workspace; needed when there is no role.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">Until when, in UTC; null means for good.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The id of the request.</returns>
    /// <exception cref="RuleViolationException">It was asked for already or too often, or the member has it or can't have it.</exception>
    public Task<int> SubmitAsync(
        int organizationId, Actor actor, Role? role, Workspace? workspace, string reason, DateTime? until, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ViewOwnAccess);
                var requester = MemberOf(change);
                if (until <= change.Now)
                    throw new RuleViolationException(Reasons.EndDateInThePast);
                if (role is not null)
                    RequireUseful(requester, new WantedRole(role, LocationId: null, until), change.Now);
                else
                    RequireUseful(requester, workspace!, change);

                var request = role is not null
                    ? AccessRequest.ForRole(requester, role, reason, until, change.Now)
                    : AccessRequest.ForWorkspace(requester, workspace!, reason, until, change.Now);
                await RequireFirstAsync(change, request, cancellation);
                db.Add(request);
                await change.SaveAsync(cancellation);
                change.Tell(PortalNotices.AccessRequested(request, workspaces, change.Now));
                change.Record(AuditAction.AccessRequested, requester, TopicOf(request), note: request.Reason);
                return request.Id;
            },
            cancellation);

    /// <summary>Grants what was asked for.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="id">The request.</param>
    /// <param name="role">The role to grant: the one asked for, or one of those that open the workspace.</param>
    /// <param name="locationId">Where it counts; null means in the entire organization.</param>
    /// <param name="until">Until when, in UTC; null means for good.</param>
    /// <param name="answer">What the decider says.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if there is no such request.</returns>
    /// <exception cref="RuleViolationException">It is closed, or this is not for the actor to decide.</exception>
    public Task<bool> ApproveAsync(
        int organizationId, Actor actor, int id, Role role, int? locationId, DateTime? until, string? answer, CancellationToken cancellation = default) =>
        WithRequestAsync(
            organizationId,
            actor,
            id,
            async (change, request) =>
            {
                GrantPolicy.MayDecide(MemberOf(change), role, request.Requester, change.Now).Enforce();
                if (!request.RolesAskedFor(workspaces).Contains(role))
                    throw new RuleViolationException(Reasons.NotAskedFor(role));

                request.Approve(role, change.Actor.Name, answer, change.Now);
                if (!request.Requester.IsActiveAt(change.Now) || request.Requester.Person.IsDisabled)
                    throw new RuleViolationException(Reasons.NotAsMembershipStands);

                // What was granted in the meantime must not become shorter by saying yes.
                var wanted = new WantedRole(role, locationId, until);
                RequireUseful(request.Requester, wanted, change.Now);
                RoleChanges.Apply(change, request.Requester, RoleDifference.Adding(request.Requester, [wanted]), isTold: false);
                await CloseAsync(change, request, AuditAction.AccessRequestApproved, cancellation);
            },
            cancellation);

    /// <summary>Declines a request, with a reason.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<bool> DenyAsync(int organizationId, Actor actor, int id, string answer, CancellationToken cancellation = default) =>
        WithRequestAsync(
            organizationId,
            actor,
            id,
            async (change, request) =>
            {
                GrantPolicy.MayAnswer(MemberOf(change), request.RolesAskedFor(workspaces), request.Requester, change.Now).Enforce();
                request.Deny(change.Actor.Name, answer, change.Now);
                await CloseAsync(change, request, AuditAction.AccessRequestDenied, cancellation);
            },
            cancellation);

    /// <summary>The requester takes a request back.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<bool> WithdrawAsync(int organizationId, Actor actor, int id, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ViewOwnAccess);
                if (await FindAsync(change, id, cancellation) is not { } request || request.MembershipId != change.By?.Id)
                    return false;
                request.Withdraw(change.Now);
                change.Record(AuditAction.AccessRequestWithdrawn, request.Requester, TopicOf(request));
                await change.WithdrawTopicAsync(PortalNotices.TopicOf(request), cancellation);
                return true;
            },
            cancellation);

    /// <summary>Lets a request lapse that nobody answered in time; once it is closed, that changes nothing.</summary>
    internal Task ExpireAsync(int organizationId, int id, CancellationToken cancellation) => changes.RunAsync(
        organizationId,
        Actor.Portal,
        async change =>
        {
            if (await FindAsync(change, id, cancellation) is { State: AccessRequestState.Open } request && request.StateAt(change.Now) == AccessRequestState.Expired)
                await ExpireAsync(change, request, cancellation);
        },
        cancellation);

    private static string TopicOf(AccessRequest request) => request.Role ?? request.Workspace!;

    private static Membership MemberOf(OrganizationChange change) =>
        change.By ?? throw new InvalidOperationException("A member asks for access, and a member answers.");

    // Asking for more than one has is useful: for longer, or for all of the organization instead of one place.
    private static void RequireUseful(Membership requester, WantedRole wanted, DateTime now)
    {
        GrantPolicy.MayHold(wanted.Role, requester).Enforce();
        var hasIt = wanted.Role.Family == RoleFamily.Everyone || requester.Roles.Exists(grant =>
            grant.Role == wanted.Role.Key
            && grant.CountsAt(now)
            && (grant.LocationId is null || grant.LocationId == wanted.LocationId)
            && (grant.EndsAt is null || grant.EndsAt >= wanted.EndsAt));
        if (hasIt)
            throw new RuleViolationException(Reasons.HasRoleAlready);
    }

    private static void RequireUseful(Membership requester, Workspace workspace, OrganizationChange change)
    {
        if (!workspace.ExistsFor(change.Organization.ActivePrograms))
            throw new RuleViolationException(Reasons.NotEnrolled);
        if (AccessTable.Opens(workspace, [.. requester.Roles.Where(grant => grant.CountsAt(change.Now)).Select(grant => grant.Role)]))
            throw new RuleViolationException(Reasons.WorkspaceIsOpenAlready);

        var verdicts = AccessTable.RolesThatOpen(workspace).Select(role => GrantPolicy.MayHold(role, requester)).ToList();
        if (verdicts.Count == 0)
            throw new RuleViolationException(Reasons.NoRoleOpensWorkspace);
        if (!verdicts.Exists(verdict => verdict.IsAllowed))
            verdicts[0].Enforce();
    }

    private async Task ExpireAsync(OrganizationChange change, AccessRequest request, CancellationToken cancellation)
    {
        request.Expire(change.Now);
        change.Record(AuditAction.AccessRequestExpired, request.Requester, TopicOf(request));
        change.Tell(PortalNotices.RequestClosed(request, workspaces, change.Now));
        await change.WithdrawTopicAsync(PortalNotices.TopicOf(request), cancellation);
    }

    private Task<bool> WithRequestAsync(
        int organizationId, Actor actor, int id, Func<OrganizationChange, AccessRequest, Task> decide, CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                if (await FindAsync(change, id, cancellation) is not { } request)
                    return false;
                await decide(change, request);
                return true;
            },
            cancellation);

    private async Task CloseAsync(OrganizationChange change, AccessRequest request, AuditAction action, CancellationToken cancellation)
    {
        change.Record(action, request.Requester, TopicOf(request), note: request.Answer);
        change.Tell(PortalNotices.RequestClosed(request, workspaces, change.Now));
        await change.CompleteTopicAsync(PortalNotices.TopicOf(request), cancellation);
    }

    private async Task<AccessRequest?> FindAsync(OrganizationChange change, int id, CancellationToken cancellation)
    {
        var request = await db.AccessRequests.SingleOrDefaultAsync(request => request.Id == id && request.OrganizationId == change.Organization.Id, cancellation);
        if (request is not null)
            await change.FindMemberAsync(request.MembershipId, cancellation);
        return request;
    }

    private async Task RequireFirstAsync(OrganizationChange change, AccessRequest request, CancellationToken cancellation)
    {
        var mine = db.AccessRequests.Where(other => other.MembershipId == request.MembershipId);
        if (await mine.SingleOrDefaultAsync(other => other.OpenFor == request.OpenFor, cancellation) is { } earlier)
        {
            if (earlier.StateAt(change.Now) == AccessRequestState.Open)
                throw new RuleViolationException(Reasons.RequestIsOpenAlready);

            // It has lapsed and nothing has noticed yet: the new one takes its place.
            await ExpireAsync(change, earlier, cancellation);
            await change.SaveAsync(cancellation);
        }

        var since = change.Now - AccessRequest.Day;
        if (await mine.CountAsync(other => other.CreatedAt > since, cancellation) >= AccessRequest.MostPerDay)
            throw new RuleViolationException(Reasons.TooManyRequests(AccessRequest.MostPerDay));
    }
}
