using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Mails to members what was published before they gained access to it and is still open, if its kind is for latecomers too. Nobody gets
/// again what they were sent before.
/// </summary>
public sealed class CatchUps(PartnerCenterDb db, MailWalk walk, Visibility visibility, WorkspaceCatalogue workspaces, TimeProvider time)
{
    /// <summary>How many members one step looks at.</summary>
    public const int BatchSize = 20;

    // What a rule stopped for one of these reasons is wanted again once the reason is gone.
    private static readonly IReadOnlyList<SuppressionReason> LackedAccess =
        [SuppressionReason.NotEntitled, SuppressionReason.PersonInactive, SuppressionReason.OrganizationInactive];

    /// <summary>Looks at the next members.</summary>
    /// <returns>False when there is nothing left to do, or what is published now has yet to be mailed to everybody else.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        // A fan-out on its way may have passed a member already, or may still come to them: nobody can tell before it is done.
        if (await db.Communications.AnyAsync(communication => communication.FannedOutAt == null, cancellation))
            return false;

        var now = time.GetUtcNow().UtcDateTime;
        var members = await db.Memberships
            .Where(membership => membership.MustCatchUp)
            .ActiveAt(now)
            .Include(membership => membership.Roles)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .OrderBy(membership => membership.Id)
            .Take(BatchSize)
            .AsSplitQuery()
            .ToListAsync(cancellation);
        foreach (var member in members)
        {
            await CatchUpAsync(member, now, cancellation);
            member.CaughtUp();
        }

        await db.SaveChangesAsync(cancellation);
        return members.Count > 0;
    }

    private async Task CatchUpAsync(Membership member, DateTime now, CancellationToken cancellation)
    {
        var reader = Reader.From(member, member.Organization.ActivePrograms, workspaces, member.EmailLanguage, now);
        var open = await FannedOutAsync(await visibility.OpenForLatecomersAsync(reader, cancellation), cancellation);
        var known = (await db.OutboxMails
                .Where(mail => mail.MembershipId == member.Id && open.Contains(mail.CommunicationId))
                .OrderBy(mail => mail.Id)
                .ToListAsync(cancellation))
            .ToLookup(mail => mail.CommunicationId);
        foreach (var id in open)
        {
            if (!known[id].Any())
                await WriteAsync(id, member, now, cancellation);
            else if (known[id].All(mail => mail.SuppressedBecause is { } because && LackedAccess.Contains(because)))
                known[id].First().Reconsider(now);
        }
    }

    // What was published since this round began has a fan-out before it, which finds the member by itself. A row that is there already would
    // stop it, and with it everything that is published afterwards.
    private async Task<IReadOnlyList<long>> FannedOutAsync(IReadOnlyList<long> open, CancellationToken cancellation)
    {
        var done = await db.Communications
            .Where(communication => open.Contains(communication.Id) && communication.FannedOutAt != null)
            .Select(communication => communication.Id)
            .ToListAsync(cancellation);
        return [.. open.Intersect(done)];
    }

    private async Task WriteAsync(long id, Membership member, DateTime now, CancellationToken cancellation)
    {
        var communication = await db.Communications.AsNoTracking()
            .Include(communication => communication.Targets)
            .SingleAsync(communication => communication.Id == id, cancellation);
        var cases = await MailCase.LoadAsync(
            db, workspaces, communication, db.Memberships.Where(membership => membership.Id == member.Id), now, cancellation);
        walk.Write(cases.Single(), MailOccasion.Published, now);
    }
}
