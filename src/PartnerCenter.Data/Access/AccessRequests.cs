using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
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
    /// <exception cref="RuleViolationException">It was asked for already, or too often.</exception>
    public Task<int> SubmitAsync(
        int organizationId, Actor actor, Role? role, Workspace? workspace, string reason, DateTime? until, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ViewOwnAccess);
                var requester = change.By!;
                if (until <= change.Now)
                    throw new RuleViolationException(Reasons.EndDateInThePast);
                if (role is not null && requester.Roles.Exists(grant => grant.Role == role.Key && grant.CountsAt(change.Now) && grant.EndsAt is null && grant.LocationId is null))
                    throw new RuleViolationException(Reasons.HasRoleAlready);
                if (role is not null)
                    GrantPolicy.MayHold(role, requester).Enforce();

                var request = role is not null
                    ? AccessRequest.ForRole(requester, role, reason, until, change.Now)
                    : AccessRequest.ForWorkspace(requester, workspace!, reason, until, change.Now);
                await RequireFirstAsync(request, change.Now, cancellation);
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
                GrantPolicy.MayDecide(change.By!, role, request.Requester, change.Now).Enforce();
                if (!request.RolesAskedFor(workspaces).Contains(role))
                    throw new RuleViolationException(Reasons.NotAskedFor(role));

                request.Approve(role, change.Actor.Name, answer, change.Now);
                var difference = RoleDifference.Adding(request.Requester, [new WantedRole(role, locationId, until)]);
                RoleChanges.Apply(change, request.Requester, difference, isTold: false);
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
                var verdicts = request.RolesAskedFor(workspaces).Select(role => GrantPolicy.MayDecide(change.By!, role, request.Requester, change.Now)).ToList();
                if (!verdicts.Exists(verdict => verdict.IsAllowed))
                    verdicts[0].Enforce();

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
            if (await FindAsync(change, id, cancellation) is not { State: AccessRequestState.Open } request || change.Now < request.ExpiresAt)
                return;
            request.Expire(change.Now);
            change.Record(AuditAction.AccessRequestExpired, request.Requester, TopicOf(request));
            change.Tell(PortalNotices.RequestClosed(request, workspaces, change.Now));
            await change.WithdrawTopicAsync(PortalNotices.TopicOf(request), cancellation);
        },
        cancellation);

    private static string TopicOf(AccessRequest request) => request.Role ?? request.Workspace!;

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

    private async Task RequireFirstAsync(AccessRequest request, DateTime now, CancellationToken cancellation)
    {
        var mine = db.AccessRequests.Where(other => other.MembershipId == request.MembershipId);
        if (await mine.AnyAsync(other => other.OpenFor == request.OpenFor, cancellation))
            throw new RuleViolationException(Reasons.RequestIsOpenAlready);
        var since = now - AccessRequest.Day;
        if (await mine.CountAsync(other => other.CreatedAt > since, cancellation) >= AccessRequest.MostPerDay)
            throw new RuleViolationException(Reasons.TooManyRequests(AccessRequest.MostPerDay));
    }
}
