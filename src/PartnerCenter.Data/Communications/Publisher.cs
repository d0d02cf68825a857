using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// Publishes: checks the draft and saves the communication with its audience and the marker for the mail fan-out, in one
/// transaction. What it costs does not depend on how many people are addressed.
/// </summary>
public sealed class Publisher(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    /// <param name="draft">What somebody wants to publish.</param>
    /// <param name="grant">What they may publish.</param>
    /// <param name="idempotency">The publisher's own name for this request, so that a repetition makes nothing twice.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<PublishOutcome> PublishAsync(
        CommunicationDraft draft, PublishingGrant grant, IdempotencyKey? idempotency, CancellationToken cancellation = default)
    {
        var hash = HashOf(draft);
        if (idempotency is not null && await ReplayAsync(idempotency, hash, cancellation) is { } earlier)
            return earlier;

        var plan = await PlanAsync(draft, grant, cancellation);
        if (plan.Communication is not { } communication)
            return new PublishOutcome.Refused(plan.Problems);

        db.Add(communication);
        if (idempotency is not null)
            db.Add(new IdempotentRequest(idempotency.ApiKeyId, idempotency.Key, hash, communication));

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (idempotency is not null)
        {
            // The same request came twice at the same instant and the other one was first.
            db.ChangeTracker.Clear();
            if (await ReplayAsync(idempotency, hash, cancellation) is { } first)
                return first;
            throw;
        }

        return new PublishOutcome.Published(communication.Id, IsRepetition: false);
    }

    /// <summary>Checks a draft and makes of it what would be published now, without saving anything.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public async Task<PublishPlan> PlanAsync(CommunicationDraft draft, PublishingGrant grant, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var names = await LookUpAsync(draft, cancellation);
        var problems = Publishing.Check(draft, names, grant, workspaces, now);
        return new PublishPlan(problems.Count > 0 ? null : Publishing.Create(draft, names, grant, now), problems);
    }

    // Two requests ask for the same when they name the same things, however their JSON is laid out.
    private static string HashOf(CommunicationDraft draft) =>
        Secret.Hash(JsonSerializer.Serialize(draft with
        {
            Content = new SortedDictionary<string, DraftText>(draft.Content.ToDictionary(), StringComparer.Ordinal),
        }));

    private async Task<PublishOutcome?> ReplayAsync(IdempotencyKey idempotency, string hash, CancellationToken cancellation)
    {
        var earlier = await db.IdempotentRequests.AsNoTracking()
            .SingleOrDefaultAsync(request => request.ApiKeyId == idempotency.ApiKeyId && request.Key == idempotency.Key, cancellation);
        return earlier switch
        {
            null => null,
            _ when earlier.BodyHash == hash => new PublishOutcome.Published(earlier.CommunicationId, IsRepetition: true),
            _ => new PublishOutcome.KeyUsedForAnother(),
        };
    }

    private async Task<DraftNames> LookUpAsync(CommunicationDraft draft, CancellationToken cancellation)
    {
        // What is no key is not looked for: a list of texts becomes part of the query, and SQLite ends that at a null character.
        var keys = draft.Organizations?.Where(Organization.IsValidKey).Distinct().Take(Publishing.MostOrganizations + 1).ToList() ?? [];
        var organizations = await db.Organizations.AsNoTracking()
            .Where(organization => keys.Contains(organization.Key))
            .ToDictionaryAsync(organization => organization.Key, organization => organization.Id, cancellation);
        var ofMembership = await db.Memberships.AsNoTracking()
            .Where(membership => membership.Id == draft.Membership)
            .Select(membership => new { membership.Organization.Key, membership.OrganizationId })
            .SingleOrDefaultAsync(cancellation);
        return new DraftNames(
            organizations,
            ofMembership is null ? null : KeyValuePair.Create(ofMembership.Key, ofMembership.OrganizationId));
    }
}

/// <summary>A publisher's own name for a request.</summary>
public sealed record IdempotencyKey(string ApiKeyId, string Key);

/// <summary>What a draft would become.</summary>
/// <param name="Communication">What would be published; null when it is refused.</param>
/// <param name="Problems">Everything that is wrong with the draft.</param>
public sealed record PublishPlan(Communication? Communication, IReadOnlyList<FieldProblem> Problems);

/// <summary>What became of a wish to publish.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <param name="Id">The communication.</param>
    /// <param name="IsRepetition">The same request was answered before; nothing new was made.</param>
    public sealed record Published(long Id, bool IsRepetition) : PublishOutcome;

    public sealed record Refused(IReadOnlyList<FieldProblem> Problems) : PublishOutcome;

    /// <summary>The idempotency key stands for another request.</summary>
    public sealed record KeyUsedForAnother : PublishOutcome;
}
