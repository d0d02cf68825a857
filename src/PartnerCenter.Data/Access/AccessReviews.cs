using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Access;

/// <summary>Starts, decides and closes access reviews. What is removed is removed by the rules for taking roles away.</summary>
public sealed class AccessReviews(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <summary>Starts a review of everybody who holds a role, or a role that opens a workspace.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who starts it.</param>
    /// <param name="role">The role; null when it is a workspace.</param>
    /// <param name="workspace">The workspace; null when it is a role.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The id of the review.</returns>
    /// <exception cref="RuleViolationException">Neither or both are named, or nobody holds such a role.</exception>
    public Task<int> StartAsync(int organizationId, Actor actor, Role? role, Workspace? workspace, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                if (role is null == workspace is null)
                    throw new RuleViolationException(Reasons.ChooseWhatToReview);

                var review = new AccessReview(organizationId, role?.Key, workspace?.Key, change.Actor.Name, change.Now);
                IReadOnlyList<Role> roles = role is not null ? [role] : AccessTable.RolesThatOpen(workspace!);
                var keys = roles.Select(role => role.Key).ToList();
                foreach (var holder in await HoldersAsync(organizationId, keys, cancellation))
                {
                    foreach (var grant in holder.Roles.Where(grant => keys.Contains(grant.Role) && grant.CountsAt(change.Now)).OrderBy(grant => grant.Id))
                        review.Add(holder, grant);
                }

                if (review.Items.Count == 0)
                    throw new RuleViolationException(Reasons.NobodyToReview);
                db.Add(review);
                await change.SaveAsync(cancellation);
                change.Record(AuditAction.ReviewStarted, topic: TopicOf(review), after: $"{review.Items.Count}", note: NumberOf(review));
                return review.Id;
            },
            cancellation);

    /// <summary>Keeps a grant, or takes it away.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reviewId">The review.</param>
    /// <param name="itemId">The grant's place in the review.</param>
    /// <param name="decision">What becomes of it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if there is no such grant in that review.</returns>
    /// <exception cref="RuleViolationException">
    /// This is not for the actor to decide, it was decided, the grant is gone, or the last Global admin would be.
    /// </exception>
    public Task<bool> DecideAsync(
        int organizationId, Actor actor, int reviewId, int itemId, ReviewDecision decision, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                var review = await db.AccessReviews
                    .Include(review => review.Items.Where(item => item.Id == itemId))
                    .SingleOrDefaultAsync(review => review.Id == reviewId && review.OrganizationId == organizationId, cancellation);
                if (review?.Items.SingleOrDefault() is not { } item)
                    return false;

                review.Decide(item, decision, change.Actor.Name, change.Now);
                var holder = await change.FindMemberAsync(item.MembershipId, cancellation);
                if (holder?.Roles.Find(grant => grant.Id == item.RoleAssignmentId) is not { } grant || !CanBeReviewed(holder, grant, change.Now))
                    throw new RuleViolationException(Reasons.GrantIsGone);
                if (change.By is { } reviewer)
                    GrantPolicy.MayReview(reviewer, decision, RoleCatalogue.Find(grant.Role)!, holder, change.Now).Enforce();

                if (decision == ReviewDecision.Remove)
                    RoleChanges.Apply(change, holder, new RoleDifference([], [grant]));
                change.Record(AuditAction.ReviewDecided, holder, grant.Role, after: decision.ToString(), note: NumberOf(review));
                return true;
            },
            cancellation);

    /// <summary>Ends a review; what nobody decided on stays.</summary>
    /// <returns>False if there is no such review.</returns>
    /// <exception cref="RuleViolationException">It is closed already.</exception>
    public Task<bool> CloseAsync(int organizationId, Actor actor, int reviewId, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                var review = await db.AccessReviews.SingleOrDefaultAsync(
                    review => review.Id == reviewId && review.OrganizationId == organizationId, cancellation);
                if (review is null)
                    return false;

                review.Close(change.Actor.Name, change.Now);
                var decided = await db.Set<AccessReviewItem>()
                    .Where(item => item.AccessReviewId == reviewId)
                    .GroupBy(item => item.AccessReviewId)
                    .Select(items => new { Of = items.Count(), Done = items.Count(item => item.Decision != null) })
                    .SingleAsync(cancellation);
                change.Record(AuditAction.ReviewClosed, topic: TopicOf(review), after: $"{decided.Done}/{decided.Of}", note: NumberOf(review));
                return true;
            },
            cancellation);

    /// <summary>Whether a grant that a review lists can still be decided on: it counts, and its holder is not gone.</summary>
    public static bool CanBeReviewed(Membership holder, RoleAssignment grant, DateTime now) =>
        grant.CountsAt(now) && MembershipPolicy.May(MembershipVerb.ChangeRoles, holder.Status).IsAllowed;

    private static string TopicOf(AccessReview review) => review.Role ?? review.Workspace!;

    private static string NumberOf(AccessReview review) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{review.Id}");

    private Task<List<Membership>> HoldersAsync(int organizationId, List<string> roles, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
        .AsSplitQuery()
        .Taking(MembershipVerb.ChangeRoles)
        .Where(membership => membership.OrganizationId == organizationId && membership.Roles.Any(grant => roles.Contains(grant.Role)))
        .OrderBy(membership => membership.Person.Name).ThenBy(membership => membership.Id)
        .ToListAsync(cancellation);
}
