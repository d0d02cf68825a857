using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>One communication and one member, as they are now: what the mail policy needs to decide, and the composer to write.</summary>
internal sealed record MailCase(
    Communication Communication, Membership Membership, Reader Reader, MemberState? State, bool IsCompleted, DateTime Now)
{
    // One member is asked for before each mail, hence with queries that are compiled once. They load what those for many members load, below.
    private static readonly Func<PartnerCenterDb, int, Task<Membership>> OneMember =
        EF.CompileAsyncQuery((PartnerCenterDb db, int id) => db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.Roles)
            .Include(membership => membership.OptOuts)
            .AsSplitQuery()
            .Single(membership => membership.Id == id));

    private static readonly Func<PartnerCenterDb, long, int, Task<MemberState?>> StateOf =
        EF.CompileAsyncQuery((PartnerCenterDb db, long communication, int membership) => db.MemberStates.AsNoTracking()
            .SingleOrDefault(state => state.CommunicationId == communication && state.MembershipId == membership));

    private static readonly Func<PartnerCenterDb, long, string, string, Task<bool>> IsCompletedFor =
        EF.CompileAsyncQuery((PartnerCenterDb db, long communication, string organization, string member) => db.Completions
            .Any(completion => completion.CommunicationId == communication
                && (completion.CompletedFor == organization || completion.CompletedFor == member)));

    /// <summary>The way by which it reaches the member; null when it does not, or not any more.</summary>
    public ReaderPath? Path => Reader.Workspaces.Contains(Communication.Workspace)
        ? Reader.Paths.FirstOrDefault(path => Communication.Targets.Exists(target => target.Addressee == path.Addressee.Key))
        : null;

    /// <summary>Where the member lives, as far as is known.</summary>
    public TimeZoneInfo Zone => TimeZones.Of(Membership.TimeZone);

    /// <summary>Whether it reaches the member by any of these targets.</summary>
    public bool IsReachedBy(IReadOnlyCollection<CommunicationTarget> targets) =>
        Reader.Paths.Any(path => targets.Any(target => target.Addressee == path.Addressee.Key));

    /// <param name="occasion">What gives rise to the mail.</param>
    public MailFacts Facts(string occasion) => MailFacts.Of(Membership, Communication.Kind, Communication.Workspace, Now) with
    {
        Occasion = occasion,
        RequiredByAgreement = Communication.RequiredByAgreement,
        PublishedAt = Communication.PublishedAt,
        DueAt = Communication.DueAt,
        ExpiresAt = Communication.ExpiresAt,
        SnoozedUntil = State?.SnoozedUntil,
        IsWithdrawn = Communication.WithdrawnAt is not null,
        IsEntitled = Path is not null,
        IsCompleted = IsCompleted,
        IsArchived = State?.ArchivedAt is not null,
    };

    /// <summary>The same for a mail that waits already: some go to an address of their own, or ask for what may be settled by now.</summary>
    public MailFacts FactsOf(OutboxMail mail, ContactVerification? verification, PasswordReset? reset) => Facts(mail.Occasion) with
    {
        OwnAddress = mail.AddressSource == AddressSource.Own ? mail.Address : null,
        IsAwaited = (verification is null || (verification.IsOpenAt(Now) && Membership.IsActiveAt(Now))) && reset?.IsOpenAt(Now) != false,
    };

    /// <summary>The case of one communication for one member.</summary>
    public static async Task<MailCase> LoadAsync(
        PartnerCenterDb db, WorkspaceCatalogue workspaces, Communication communication, int membershipId, DateTime now)
    {
        var membership = await OneMember(db, membershipId);
        var state = await StateOf(db, communication.Id, membershipId);
        var isCompleted = await IsCompletedFor(
            db, communication.Id, Completion.ForOrganization(membership.OrganizationId), Completion.ForMember(membershipId));
        return From(workspaces, communication, membership, state, isCompleted, now);
    }

    /// <summary>The cases of one communication for some members, with those of its targets loaded that may concern them.</summary>
    public static async Task<List<MailCase>> LoadAsync(
        PartnerCenterDb db,
        WorkspaceCatalogue workspaces,
        Communication communication,
        IQueryable<Membership> members,
        DateTime now,
        CancellationToken cancellation)
    {
        var memberships = await members.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.Roles)
            .Include(membership => membership.OptOuts)
            .AsSplitQuery()
            .ToListAsync(cancellation);
        var ids = memberships.Select(membership => membership.Id).ToList();
        var states = await db.MemberStates.AsNoTracking()
            .Where(state => state.CommunicationId == communication.Id && ids.Contains(state.MembershipId))
            .ToDictionaryAsync(state => state.MembershipId, cancellation);
        // An action of all organizations has a completion in each: only those of these members are read.
        var keys = memberships.Select(membership => Completion.ForOrganization(membership.OrganizationId)).Distinct()
            .Concat(ids.Select(Completion.ForMember))
            .ToList();
        var completedFor = (await db.Completions.AsNoTracking()
                .Where(completion => completion.CommunicationId == communication.Id && keys.Contains(completion.CompletedFor))
                .Select(completion => completion.CompletedFor)
                .ToListAsync(cancellation))
            .ToHashSet();

        return [.. memberships.Select(membership => From(
            workspaces,
            communication,
            membership,
            states.GetValueOrDefault(membership.Id),
            completedFor.Contains(Completion.ForOrganization(membership.OrganizationId)) || completedFor.Contains(Completion.ForMember(membership.Id)),
            now))];
    }

    private static MailCase From(
        WorkspaceCatalogue workspaces, Communication communication, Membership membership, MemberState? state, bool isCompleted, DateTime now) => new(
        communication,
        membership,
        Reader.From(membership, membership.Organization.ActivePrograms, workspaces, membership.EmailLanguage, now),
        state,
        isCompleted,
        now);
}
