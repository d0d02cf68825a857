using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Takes an action that nobody has read to the next administrators up: looks at each organization once, some at a time, and saves
/// what it adds (who else sees it, the step in its history, their mails) together with how far it has come.
/// </summary>
public sealed class Escalations(PartnerCenterDb db, MailWalk walk, WorkspaceCatalogue workspaces, TimeProvider time)
{
    /// <summary>How many organizations one step looks at.</summary>
    public const int BatchSize = 50;

    private const int MostNewRounds = 500;

    /// <summary>Looks at the next organizations of the oldest action that is not finished, or begins with those that are due.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var round = await db.ReminderRounds
            .Where(round => round.CompletedAt == null && round.Stage == MailOccasion.Escalated)
            .OrderBy(round => round.StartedAt)
            .ThenBy(round => round.CommunicationId)
            .FirstOrDefaultAsync(cancellation);
        var didSomething = round is null ? await BeginAsync(now, cancellation) : await StepAsync(round, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return didSomething;
    }

    private async Task<bool> BeginAsync(DateTime now, CancellationToken cancellation)
    {
        var (from, before) = EscalationPolicy.DueDatesAt(now);
        var toldBy = now - EscalationPolicy.TimeToRead;
        var due = await db.Communications.AsNoTracking()
            .Where(communication => EscalationPolicy.Kinds.Contains(communication.Kind) && communication.Completion == EscalationPolicy.Scope)
            .Where(communication => communication.DueAt >= from && communication.DueAt < before)
            .Where(communication => communication.WithdrawnAt == null && communication.FannedOutAt <= toldBy)
            .Where(communication => !db.ReminderRounds.Any(round =>
                round.CommunicationId == communication.Id && round.Stage == MailOccasion.Escalated))
            .OrderBy(communication => communication.Id)
            .Select(communication => communication.Id)
            .Take(MostNewRounds)
            .ToListAsync(cancellation);
        db.AddRange(due.Select(id => new ReminderRound(id, MailOccasion.Escalated, now)));
        return due.Count > 0;
    }

    private async Task<bool> StepAsync(ReminderRound round, DateTime now, CancellationToken cancellation)
    {
        var action = await db.Communications
            .Include(communication => communication.Targets)
            .SingleAsync(communication => communication.Id == round.CommunicationId, cancellation);
        var first = action.AddressedFirst();
        var organizations = action.WithdrawnAt is null ? await NextAsync(first, round.Cursor, cancellation) : [];
        var left = await WithoutReaderAsync(action, first, organizations, now, cancellation);
        await EscalateAsync(action, first, left, now, cancellation);

        if (organizations.Count == BatchSize)
            round.Advance(organizations[^1].Id);
        else
            round.Complete(now);
        return true;
    }

    private async Task<List<Organization>> NextAsync(IReadOnlyList<CommunicationTarget> first, int cursor, CancellationToken cancellation)
    {
        var addressed = db.Organizations.AsNoTracking().Where(organization => organization.Id > cursor && !organization.IsSuspended);
        if (first.All(target => target.OrganizationId is not null))
        {
            var named = first.Select(target => target.OrganizationId!.Value).Distinct().ToList();
            addressed = addressed.Where(organization => named.Contains(organization.Id));
        }

        return await addressed
            .Include(organization => organization.Enrollments)
            .OrderBy(organization => organization.Id)
            .Take(BatchSize)
            .ToListAsync(cancellation);
    }

    // Those of them in which the action is shown, is not done, and was read by nobody to whom it is addressed.
    private async Task<List<int>> WithoutReaderAsync(
        Communication action, IReadOnlyList<CommunicationTarget> first, List<Organization> organizations, DateTime now, CancellationToken cancellation)
    {
        var workspace = workspaces.Find(action.Workspace);
        var shown = organizations
            .Where(organization => workspace?.ExistsFor(organization.ActivePrograms) == true)
            .Select(organization => organization.Id)
            .ToList();
        var keys = shown.Select(Completion.ForOrganization).ToList();
        var done = await db.Completions.AsNoTracking()
            .Where(completion => completion.CommunicationId == action.Id && keys.Contains(completion.CompletedFor))
            .Select(completion => completion.CompletedFor)
            .ToListAsync(cancellation);
        var open = shown.Where(organization => !done.Contains(Completion.ForOrganization(organization))).ToList();
        var read = await ReadersOf(action.Id, first, now)
            .Where(membership => open.Contains(membership.OrganizationId))
            .Select(membership => membership.OrganizationId)
            .Distinct()
            .ToListAsync(cancellation);
        return [.. open.Except(read)];
    }

    // Opened by its own, or covered by a mark for everything that came the same way: as each reader's own list decides it.
    private IQueryable<Membership> ReadersOf(long id, IReadOnlyList<CommunicationTarget> first, DateTime now)
    {
        var members = first.Where(target => target.MembershipId is not null).Select(target => target.MembershipId!.Value).ToList();
        var roles = first.Where(target => target.Role is not null).Select(target => target.Role!).Distinct().ToList();
        var needsNoGrant = members.Count > 0;

        var active = db.Memberships.AsNoTracking().ActiveAt(now);
        var addressed = needsNoGrant ? active.Where(membership => members.Contains(membership.Id)) : active.Holding(roles, now);

        var counts = Members.GrantsCountingAt(now);
        return addressed.Where(membership =>
            db.MemberStates.Any(state => state.MembershipId == membership.Id && state.CommunicationId == id && state.ReadAt != null)
            || (needsNoGrant && membership.ReadUpTo >= id)
            || membership.Roles.AsQueryable().Where(counts).Any(grant => roles.Contains(grant.Role) && grant.ReadUpTo >= id));
    }

    private async Task EscalateAsync(
        Communication action, IReadOnlyList<CommunicationTarget> first, List<int> organizations, DateTime now, CancellationToken cancellation)
    {
        var held = (await (
                from membership in db.Memberships.AsNoTracking().ActiveAt(now)
                where organizations.Contains(membership.OrganizationId)
                join grant in db.Set<RoleAssignment>().Where(Members.GrantsCountingAt(now)) on membership.Id equals grant.MembershipId
                select new { membership.OrganizationId, grant.Role })
                .Distinct()
                .ToListAsync(cancellation))
            .ToLookup(grant => grant.OrganizationId, grant => grant.Role);

        var roles = new HashSet<string>();
        foreach (var organization in organizations)
        {
            var addressed = first
                .Where(target => target.Role is not null && (target.OrganizationId is null || target.OrganizationId == organization))
                .Select(target => target.Role!)
                .ToHashSet();
            foreach (var role in EscalationPolicy.NextUp(addressed, [.. held[organization]]))
            {
                action.EscalateTo(role.Key, organization);
                db.Add(CommunicationStep.ByPortal(action.Id, organization, StepKind.Escalated, now, role.Key));
                roles.Add(role.Key);
            }
        }

        var holders = db.Memberships.Where(membership =>
            organizations.Contains(membership.OrganizationId) && membership.Roles.Any(grant => roles.Contains(grant.Role)));
        foreach (var mailCase in await MailCase.LoadAsync(db, workspaces, action, holders, now, cancellation))
        {
            if (mailCase.Path is not null && !mailCase.IsReachedBy(first))
                walk.Write(mailCase, MailOccasion.Escalated, now);
        }
    }
}
