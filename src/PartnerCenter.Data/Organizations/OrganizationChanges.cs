using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>
/// Changes who is in an organization and what they may do there. A change reads what it decides on, keeps the safety rules and writes
/// the activity log in one transaction, and the organization's version lets one change win over another at the same instant: on every
/// engine the loser decides again, on what is true by then.
/// </summary>
public sealed class OrganizationChanges(PartnerCenterDb db, TimeProvider time)
{
    private const int MostAttempts = 20;

    // A row that somebody else added first is found by the next attempt; a row that can't be added at all never will be.
    private const int MostAttemptsToAdd = 3;

    /// <param name="organizationId">Which organization.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="work">What is changed; it may run again on fresh data, so it reads everything from the database.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">A rule forbids it, or the actor may not do it any more.</exception>
    public async Task<T> RunAsync<T>(
        int organizationId, Actor actor, Func<OrganizationChange, Task<T>> work, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(() => TryAsync(organizationId, actor, work, cancellation), cancellation);
            }
            catch (DbUpdateException fault) when (attempt < (fault is DbUpdateConcurrencyException ? MostAttempts : MostAttemptsToAdd))
            {
                // Somebody else changed the organization at the same instant, and was first.
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(int organizationId, Actor actor, Func<OrganizationChange, Task> work, CancellationToken cancellation = default) =>
        RunAsync(
            organizationId,
            actor,
            async change =>
            {
                await work(change);
                return true;
            },
            cancellation);

    /// <summary>Looks at what a change would find and decide on, and changes nothing.</summary>
    /// <inheritdoc cref="RunAsync{T}"/>
    public async Task<T> PreviewAsync<T>(
        int organizationId, Actor actor, Func<OrganizationChange, Task<T>> work, CancellationToken cancellation = default)
    {
        db.ChangeTracker.Clear();
        var change = await OrganizationChange.BeginAsync(db, organizationId, actor, time.GetUtcNow().UtcDateTime, cancellation);
        var result = await work(change);
        db.ChangeTracker.Clear();
        return result;
    }

    private async Task<T> TryAsync<T>(
        int organizationId, Actor actor, Func<OrganizationChange, Task<T>> work, CancellationToken cancellation)
    {
        // What the request read before the transaction may be out of date.
        db.ChangeTracker.Clear();
        var change = await OrganizationChange.BeginAsync(db, organizationId, actor, time.GetUtcNow().UtcDateTime, cancellation);
        var result = await work(change);
        await change.CompleteAsync(cancellation);
        return result;
    }
}

/// <summary>A change of one organization while it is being made.</summary>
public sealed class OrganizationChange
{
    /// <summary>How many values one query takes: an engine refuses more than about two thousand.</summary>
    internal const int MostParameters = 500;

    private readonly PartnerCenterDb _db;
    private readonly List<Membership> _globalAdmins;
    private readonly List<AuditFact> _facts = [];
    private readonly int _lastingBefore;

    private OrganizationChange(PartnerCenterDb db, Organization organization, Actor actor, Membership? by, List<Membership> globalAdmins, DateTime now)
    {
        (_db, Organization, Actor, By, _globalAdmins, Now) = (db, organization, actor, by, globalAdmins, now);
        _lastingBefore = LastingGlobalAdmins;
    }

    public Organization Organization { get; }

    public Actor Actor { get; }

    /// <summary>The member who makes the change, with the roles of this very moment; null for the portal itself and host commands.</summary>
    public Membership? By { get; }

    public DateTime Now { get; }

    /// <summary>Whether somebody could administer the organization before this change.</summary>
    public bool HasLastingGlobalAdmin => _lastingBefore > 0;

    private int LastingGlobalAdmins => _globalAdmins.Count(admin => admin.IsLastingGlobalAdmin);

    internal static async Task<OrganizationChange> BeginAsync(
        PartnerCenterDb db, int organizationId, Actor actor, DateTime now, CancellationToken cancellation)
    {
        var organization = await db.Organizations
            .Include(organization => organization.Enrollments)
            .Include(organization => organization.Locations)
            .AsSplitQuery()
            .SingleAsync(organization => organization.Id == organizationId, cancellation);
        var globalAdmins = await WithRoles(db, organizationId)
            .GlobalAdmins()
            .ToListAsync(cancellation);
        var by = actor.MembershipId is { } id
            ? await WithRoles(db, organizationId).SingleOrDefaultAsync(membership => membership.Id == id, cancellation)
                ?? throw new RuleViolationException(Reasons.NotYoursAnyMore)
            : null;
        return new OrganizationChange(db, organization, actor, by, globalAdmins, now);
    }

    /// <exception cref="RuleViolationException">The actor has not got the permission (any more).</exception>
    public void Require(Permission permission)
    {
        if (By is not null && !(By.IsActiveAt(Now) && AccessTable.Allows(permission, [.. By.Roles.Where(grant => grant.CountsAt(Now)).Select(grant => grant.Role)])))
            throw new RuleViolationException(Reasons.NotYoursAnyMore);
    }

    /// <returns>A member of the organization with person and roles, to be changed; null if there is no such member.</returns>
    public Task<Membership?> FindMemberAsync(int membershipId, CancellationToken cancellation = default) =>
        WithRoles(_db, Organization.Id).SingleOrDefaultAsync(membership => membership.Id == membershipId, cancellation);

    /// <returns>What a person is in the organization, to be changed; null if they never were anything there.</returns>
    public Task<Membership?> FindMemberOfAsync(int personId, CancellationToken cancellation = default) =>
        WithRoles(_db, Organization.Id).SingleOrDefaultAsync(membership => membership.PersonId == personId, cancellation);

    /// <returns>Those of these addresses who are or were members, with person and roles, to be changed, by their normalized address.</returns>
    internal async Task<Dictionary<string, Membership>> FindMembersAsync(IEnumerable<string> addresses, CancellationToken cancellation)
    {
        var members = new Dictionary<string, Membership>();
        foreach (var some in addresses.Select(Person.Normalize).Distinct().Chunk(MostParameters))
        {
            foreach (var member in await WithRoles(_db, Organization.Id).Where(member => some.Contains(member.Person.NormalizedSignInAddress)).ToListAsync(cancellation))
                members[member.Person.NormalizedSignInAddress] = member;
        }

        return members;
    }

    /// <summary>Writes a line of the activity log.</summary>
    public void Record(AuditAction action, Membership? subject = null, string? topic = null, string? before = null, string? after = null, string? note = null) =>
        _facts.Add(new AuditFact(action, Actor)
        {
            Subject = subject?.ShownName,
            SubjectMembershipId = subject?.Id,
            Topic = topic,
            Before = before,
            After = after,
            Note = note,
        });

    /// <summary>Tells people something with the change: both happen, or neither.</summary>
    public void Tell(Communication communication) => _db.Add(communication);

    /// <summary>Gives the other Global admins the news that somebody became one of them, or ceased to be.</summary>
    public void TellOtherGlobalAdmins(Membership member, bool isOneNow)
    {
        foreach (var admin in _globalAdmins.Where(admin => admin.IsActiveAt(Now) && admin.Id != member.Id && admin.Id != By?.Id))
            Tell(PortalNotices.GlobalAdminsChanged(admin, member, isOneNow, Actor.Name, Now));
    }

    /// <summary>Completes an action that the portal itself had published in this organization, if it is open.</summary>
    public async Task CompleteTopicAsync(string topic, CancellationToken cancellation = default)
    {
        foreach (var communication in await OpenTopicAsync(topic, cancellation))
            _db.Add(Completion.InOrganization(communication, Organization.Id, Actor.Name, Now));
    }

    /// <summary>Takes back what the portal itself had published in this organization.</summary>
    public async Task WithdrawTopicAsync(string topic, CancellationToken cancellation = default)
    {
        foreach (var communication in await OpenTopicAsync(topic, cancellation))
            communication.Withdraw(Now);
    }

    /// <summary>Saves what was changed so far, so that new rows have their ids.</summary>
    public Task SaveAsync(CancellationToken cancellation = default) => _db.SaveChangesAsync(cancellation);

    internal async Task CompleteAsync(CancellationToken cancellation)
    {
        // A new Global admin is in no query yet: what is tracked counts, whether it was loaded or added. What was loaded without its person
        // was loaded for something else, and is none that was not one before.
        _globalAdmins.AddRange(_db.ChangeTracker.Entries<Membership>()
            .Select(entry => entry.Entity)
            .Where(membership => membership.Person is not null && membership.OrganizationId == Organization.Id && !_globalAdmins.Contains(membership)));
        var lasting = LastingGlobalAdmins;
        if (lasting == 0 && _lastingBefore > 0)
            throw new RuleViolationException(Reasons.LastGlobalAdmin);
        if (lasting != _lastingBefore)
            await AdviseSecondAdminAsync(lasting, cancellation);

        foreach (var fact in _facts)
            _db.Add(Organization.Record(fact, Now));
        // Of two changes at one instant one is second and decides again, also where neither writes a line of the log.
        if (_facts.Count == 0 && _db.ChangeTracker.HasChanges())
            _db.Entry(Organization).State = EntityState.Modified;
        await _db.SaveChangesAsync(cancellation);

        // Nobody can work in an organization that is suspended, and yet everybody keeps what they have.
        if (Organization.IsSuspended)
            return;
        await _db.ReleaseStrandedHandOversAsync(Organization.Id, Now, cancellation);
        await _db.SaveChangesAsync(cancellation);
    }

    private static IQueryable<Membership> WithRoles(PartnerCenterDb db, int organizationId) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.Organization)
        .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
        .AsSplitQuery()
        .Where(membership => membership.OrganizationId == organizationId);

    private async Task AdviseSecondAdminAsync(int lasting, CancellationToken cancellation)
    {
        if (lasting > 1)
            await CompleteTopicAsync(PortalNotices.SecondAdmin, cancellation);
        else if ((await OpenTopicAsync(PortalNotices.SecondAdmin, cancellation)).Count == 0)
            Tell(PortalNotices.SecondAdminMissing(Organization, Now));
    }

    private Task<List<Communication>> OpenTopicAsync(string topic, CancellationToken cancellation)
    {
        var here = Completion.ForOrganization(Organization.Id);
        return _db.About(topic)
            .Where(communication => communication.Targets.Any(target => target.OrganizationId == Organization.Id))
            .Where(communication => !_db.Completions.Any(done => done.CommunicationId == communication.Id && done.CompletedFor == here))
            .ToListAsync(cancellation);
    }
}
