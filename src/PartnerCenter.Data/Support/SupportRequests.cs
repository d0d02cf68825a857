using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Support;

/// <summary>Makes support requests, and writes to them for both sides. Whoever has to know is told in the same transaction.</summary>
public sealed class SupportRequests(OrganizationChanges changes, PartnerCenterDb db, WorkspaceCatalogue workspaces)
{
    /// <summary>A member asks for help.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="draft">What.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The number of the request.</returns>
    /// <exception cref="RuleViolationException">The organization has no such workspace, or the member asks too often.</exception>
    public Task<int> SubmitAsync(int organizationId, Actor actor, SupportRequestDraft draft, CancellationToken cancellation = default) => changes.RunAsync(
        organizationId,
        actor,
        async change =>
        {
            change.Require(Permission.UseSupport);
            if (workspaces.Find(draft.Workspace)?.ExistsFor(change.Organization.ActivePrograms) != true)
                throw new RuleViolationException(Reasons.UnknownWorkspace(draft.Workspace));
            var requester = change.By ?? throw new InvalidOperationException("A member asks for help.");
            var request = new SupportRequest(requester, draft, change.Now);
            var (day, moment) = (change.Now - SupportRequestPolicy.Day, change.Now - SupportRequestPolicy.SameWithin);
            var mine = db.SupportRequests.Where(other => other.MembershipId == requester.Id && other.CreatedAt > day);
            var same = mine.Where(other => other.CreatedAt > moment
                && other.Workspace == request.Workspace && other.Summary == request.Summary && other.Details == request.Details);
            if (await same.Select(other => (int?)other.Id).FirstOrDefaultAsync(cancellation) is { } made)
                return made;
            if (await mine.CountAsync(cancellation) >= SupportRequestPolicy.MostPerDay)
                throw new RuleViolationException(Reasons.TooManyRequests(SupportRequestPolicy.MostPerDay));

            db.Add(request);
            await change.SaveAsync(cancellation);
            change.Tell(SupportNotices.Received(request, change.Now));
            return request.Id;
        },
        cancellation);

    /// <summary>A member writes to a request of the organization: the requester, or somebody who answers for all.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="id">Which request.</param>
    /// <param name="verb">What is done by that.</param>
    /// <param name="text">What is said.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if there is no such request for this member.</returns>
    /// <exception cref="RuleViolationException">It does not stand so that this can be done.</exception>
    public Task<bool> UseAsync(int organizationId, Actor actor, int id, SupportVerb verb, string? text, CancellationToken cancellation = default) =>
        UseAsync(organizationId, actor, id, verb, SupportSide.Partner, text, cancellation);

    /// <summary>An operator writes to a request of any organization.</summary>
    /// <inheritdoc cref="UseAsync(int, Actor, int, SupportVerb, string?, CancellationToken)"/>
    public async Task<bool> UseForProgramAsync(Actor actor, int id, SupportVerb verb, string? text, CancellationToken cancellation = default)
    {
        var where = await db.SupportRequests.Where(request => request.Id == id).Select(request => (int?)request.OrganizationId).SingleOrDefaultAsync(cancellation);
        return where is { } organizationId && await UseAsync(organizationId, actor, id, verb, SupportSide.Program, text, cancellation);
    }

    private Task<bool> UseAsync(
        int organizationId, Actor actor, int id, SupportVerb verb, SupportSide side, string? text, CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.UseSupport);
                var visible = change.By is { } member ? db.SupportRequests.VisibleTo(member, change.Now) : db.SupportRequests;
                if (await visible.SingleOrDefaultAsync(request => request.Id == id, cancellation) is not { } request)
                    return false;

                // As whole as the change takes members, which then is the requester of the request.
                await change.FindMemberAsync(request.MembershipId, cancellation);

                request.Use(verb, side, change.Actor.Name, text, change.Now);
                var topic = SupportNotices.TopicOf(request);
                if (side == SupportSide.Partner)
                    await change.CompleteTopicAsync(topic, cancellation);
                else
                    await change.WithdrawTopicAsync(topic, cancellation);
                if (change.By?.Id != request.MembershipId)
                    change.Tell(SupportNotices.Changed(request, request.Notes[^1], change.Now));
                return true;
            },
            cancellation);
}
