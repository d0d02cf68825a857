using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>
/// Does what is due because time has passed: tells people what ends soon, and writes down what has ended. Nothing depends on it in the
/// meantime: a role, a guest, a request or an invitation whose time is over counts no more from that very moment. Each step looks again
/// inside its change, so that running it twice, or on two instances at once, does it once.
/// </summary>
public sealed class AccessDeadlines(OrganizationChanges changes, AccessRequests requests, PartnerCenterDb db, TimeProvider time)
{
    /// <summary>How long before the end somebody is told.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    private const int BatchSize = 500;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Does everything that is due.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        // Guests go first: a mail about a role that ended with the membership would only confuse.
        await EndMembershipsAsync(cancellation);
        await EndRolesAsync(cancellation);
        await ExpireRequestsAsync(cancellation);
        await ExpireInvitationsAsync(cancellation);
        await AnnounceMembershipsAsync(cancellation);
        await AnnounceRolesAsync(cancellation);
    }

    private async Task EndMembershipsAsync(CancellationToken cancellation)
    {
        var now = Now;
        var over = await PlacesAsync(
            db.Memberships.Taking(MembershipVerb.Remove).Where(membership => membership.EndsAt <= now), cancellation);
        foreach (var place in over)
        {
            await InChangeAsync(place, (change, member) =>
            {
                if (member.EndsAt > change.Now || member.EndsAt is null || !MembershipPolicy.May(MembershipVerb.Remove, member.Status).IsAllowed)
                    return;
                member.Remove(change.Now);
                change.Record(AuditAction.MembershipEnded, member, before: $"{member.EndsAt:yyyy-MM-dd}");
                change.Tell(PortalNotices.MembershipChanged(member, MembershipVerb.Remove, change.Actor.Name, change.Now));
            }, cancellation);
        }
    }

    private async Task EndRolesAsync(CancellationToken cancellation)
    {
        var now = Now;
        var over = await PlacesAsync(db.Memberships.Where(membership => membership.Roles.Any(grant => grant.EndsAt <= now)), cancellation);
        foreach (var place in over)
            await InChangeAsync(place, RoleChanges.End, cancellation);
    }

    private async Task ExpireRequestsAsync(CancellationToken cancellation)
    {
        var latest = Now - AccessRequest.Lasts;
        var over = await db.AccessRequests.AsNoTracking()
            .Where(request => request.State == AccessRequestState.Open && request.CreatedAt <= latest)
            .OrderBy(request => request.Id)
            .Select(request => new { request.OrganizationId, request.Id })
            .ToListAsync(cancellation);
        foreach (var request in over)
            await requests.ExpireAsync(request.OrganizationId, request.Id, cancellation);
    }

    // The status stays: somebody who was invited can be invited again. An invitation that was sent again expires again.
    private async Task ExpireInvitationsAsync(CancellationToken cancellation)
    {
        var over = await PlacesAsync(
            db.Memberships.WithInvitationExpiredAt(Now).Where(membership => !db.AuditEntries.Any(entry =>
                entry.OrganizationId == membership.OrganizationId
                && entry.SubjectMembershipId == membership.Id
                && entry.Action == AuditAction.InvitationExpired
                && entry.At >= membership.InvitationExpiresAt)),
            cancellation);
        foreach (var place in over)
        {
            await changes.RunAsync(
                place.OrganizationId,
                Actor.Portal,
                async change =>
                {
                    if (await change.FindMemberAsync(place.MembershipId, cancellation) is not { } invited || !invited.HasInvitationExpiredAt(change.Now))
                        return;
                    var isRecorded = await db.AuditEntries.AnyAsync(
                        entry => entry.OrganizationId == place.OrganizationId
                            && entry.SubjectMembershipId == place.MembershipId
                            && entry.Action == AuditAction.InvitationExpired
                            && entry.At >= invited.InvitationExpiresAt,
                        cancellation);
                    if (!isRecorded)
                        change.Record(AuditAction.InvitationExpired, invited);
                },
                cancellation);
        }
    }

    private async Task AnnounceMembershipsAsync(CancellationToken cancellation)
    {
        var now = Now;
        var soon = await db.Memberships.AsNoTracking()
            .ActiveAt(now)
            .Where(membership => membership.EndsAt <= now + Notice)
            .OrderBy(membership => membership.Id)
            .Select(membership => new { membership.OrganizationId, membership.Id, EndsAt = membership.EndsAt!.Value })
            .ToListAsync(cancellation);
        var news = await NotToldAsync(soon, membership => PortalNotices.TopicOfEnd(membership.Id, membership.EndsAt), cancellation);
        foreach (var membership in news)
        {
            await AnnounceAsync(
                new Place(membership.OrganizationId, membership.Id),
                (member, at) => member.EndsAt > at && member.EndsAt <= at + Notice
                    ? [PortalNotices.MembershipEndsSoon(member, at)]
                    : [],
                cancellation);
        }
    }

    private async Task AnnounceRolesAsync(CancellationToken cancellation)
    {
        var now = Now;
        var soon = await (
            from membership in db.Memberships.AsNoTracking().ActiveAt(now)
            from grant in membership.Roles
            where grant.EndsAt > now && grant.EndsAt <= now + Notice
            orderby membership.Id
            select new { membership.OrganizationId, MembershipId = membership.Id, grant.Id })
            .ToListAsync(cancellation);
        var news = await NotToldAsync(soon, grant => PortalNotices.TopicOfEnd(grant.Id), cancellation);
        foreach (var place in news.Select(grant => new Place(grant.OrganizationId, grant.MembershipId)).Distinct())
        {
            await AnnounceAsync(
                place,
                (member, at) =>
                [
                    .. member.Roles
                        .Where(grant => grant.EndsAt > at && grant.EndsAt <= at + Notice)
                        .Select(grant => PortalNotices.RoleEndsSoon(member, grant, at)),
                ],
                cancellation);
        }
    }

    private Task AnnounceAsync(Place place, Func<Membership, DateTime, IReadOnlyList<Communication>> noticesFor, CancellationToken cancellation) =>
        changes.RunAsync(
            place.OrganizationId,
            Actor.Portal,
            async change =>
            {
                if (await change.FindMemberAsync(place.MembershipId, cancellation) is not { } member || !member.IsActiveAt(change.Now))
                    return;
                foreach (var notice in await NotToldAsync(noticesFor(member, change.Now), notice => notice.Topic!, cancellation))
                    change.Tell(notice);
            },
            cancellation);

    private async Task<List<T>> NotToldAsync<T>(IReadOnlyList<T> all, Func<T, string> topicOf, CancellationToken cancellation)
    {
        var news = new List<T>();
        foreach (var batch in all.Chunk(BatchSize))
        {
            var topics = batch.Select(topicOf).ToList();
            var told = await db.Communications
                .Where(communication => topics.Contains(communication.Topic!))
                .Select(communication => communication.Topic)
                .ToListAsync(cancellation);
            news.AddRange(batch.Where(one => !told.Contains(topicOf(one))));
        }

        return news;
    }

    private Task InChangeAsync(Place place, Action<OrganizationChange, Membership> apply, CancellationToken cancellation) =>
        changes.RunAsync(
            place.OrganizationId,
            Actor.Portal,
            async change =>
            {
                if (await change.FindMemberAsync(place.MembershipId, cancellation) is { } member)
                    apply(change, member);
            },
            cancellation);

    private static Task<List<Place>> PlacesAsync(IQueryable<Membership> memberships, CancellationToken cancellation) => memberships
        .AsNoTracking()
        .OrderBy(membership => membership.Id)
        .Select(membership => new Place(membership.OrganizationId, membership.Id))
        .ToListAsync(cancellation);

    private sealed record Place(int OrganizationId, int MembershipId);
}
