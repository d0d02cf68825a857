using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// Whom communications reach in an organization as a whole, in a fixed number of queries. It tells numbers, roles and names; the title
/// of a communication only to a reader who sees it anyway.
/// </summary>
public sealed class Coverage(PartnerCenterDb db, Visibility visibility, TimeProvider time)
{
    private const int MostActions = 50;

    private static readonly List<int> Kinds = [.. CommunicationPolicy.Published.Select(kind => (int)kind)];

    private static readonly List<int> Critical = [.. CommunicationPolicy.Published.Where(CommunicationPolicy.IsCritical).Select(kind => (int)kind)];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="reader">Who looks.</param>
    /// <param name="workspaces">The workspaces that the organization has.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<CoverageBoard> ReadAsync(Reader reader, IReadOnlyList<Workspace> workspaces, CancellationToken cancellation = default)
    {
        var crew = await CrewAsync(reader.OrganizationId, cancellation);
        var (unread, unreadInAll) = await UnreadAsync(reader, crew, workspaces, cancellation);
        var now = Now;
        return new CoverageBoard(
            crew.Members.Count,
            await RowsAsync(reader.OrganizationId, crew, workspaces, cancellation),
            [.. crew.Members
                .GroupBy(member => (
                    Contact: member.ContactStateAt(now),
                    MailPolicy.AddressOf(member)?.Source))
                .Select(group => new MailReach(group.Key.Contact, group.Key.Source, group.Count()))
                .OrderBy(reach => reach.Contact)
                .ThenBy(reach => reach.Source)],
            unread,
            unreadInAll,
            SoleHolders(crew, workspaces));
    }

    private static IReadOnlyList<SoleHolder> SoleHolders(Crew crew, IReadOnlyList<Workspace> workspaces)
    {
        var roles = RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone).ToLookup(role => SoleOf(crew.Holding([role.Key])));
        var opened = workspaces.Where(workspace => !AccessTable.Opens(workspace, [])).ToLookup(workspace => SoleOf(crew.Opening(workspace)));
        return [.. crew.Members
            .Where(member => roles.Contains(member.Id) || opened.Contains(member.Id))
            .Select(member => new SoleHolder(member.Id, member.Person.Name, [.. roles[member.Id]], [.. opened[member.Id]]))
            .OrderBy(sole => sole.Name, StringComparer.CurrentCulture)
            .ThenBy(sole => sole.MembershipId)];

        static int? SoleOf(HashSet<int> members) => members.Count == 1 ? members.Single() : null;
    }

    private IQueryable<Membership> Active(int organizationId) =>
        db.Memberships.ActiveAt(Now).Where(membership => membership.OrganizationId == organizationId);

    private static List<string> KeysOf(IEnumerable<Workspace> workspaces) => [.. workspaces.Select(workspace => workspace.Key)];

    private async Task<Crew> CrewAsync(int organizationId, CancellationToken cancellation)
    {
        var active = Active(organizationId);
        var members = await active.AsNoTracking().Include(membership => membership.Person).ToListAsync(cancellation);
        var grants = await active
            .SelectMany(membership => membership.Roles)
            .Where(Members.GrantsCountingAt(Now))
            .Select(grant => new CrewGrant(grant.MembershipId, grant.Role, grant.ReadUpTo))
            .ToListAsync(cancellation);
        return new Crew(members, grants);
    }

    private async Task<IReadOnlyList<WorkspaceCoverage>> RowsAsync(
        int organizationId, Crew crew, IReadOnlyList<Workspace> workspaces, CancellationToken cancellation)
    {
        var open = db.OpenIn(organizationId, KeysOf(workspaces), Kinds).Where(target => target.Role != null);
        var addressed = (await open
                .Select(target => new { target.Workspace, target.Kind, Role = target.Role! })
                .Distinct()
                .ToListAsync(cancellation))
            .ToLookup(target => (target.Workspace, target.Kind), target => target.Role);
        var held = crew.Roles;
        var unreached = (await open
                .Where(target => !db.CommunicationTargets.Any(other =>
                    other.CommunicationId == target.CommunicationId
                    && (other.OrganizationId == organizationId || other.OrganizationId == null)
                    && held.Contains(other.Role!)))
                .Select(target => new { target.Workspace, target.Kind, target.CommunicationId })
                .Distinct()
                .GroupBy(target => new { target.Workspace, target.Kind })
                .Select(group => new { group.Key.Workspace, group.Key.Kind, Count = group.Count() })
                .ToListAsync(cancellation))
            .ToDictionary(group => (group.Workspace, group.Kind), group => group.Count);

        return [.. workspaces.Select(workspace => new WorkspaceCoverage(
            workspace,
            AccessTable.Opens(workspace, []) ? crew.Members.Count : crew.Opening(workspace).Count,
            [.. CommunicationPolicy.Published.Select(kind => CellOf((workspace.Key, (int)kind), kind))]))];

        CoverageCell CellOf((string Workspace, int Kind) place, CommunicationKind kind) => new(
            kind,
            addressed.Contains(place) ? crew.Holding(addressed[place]).Count : null,
            unreached.GetValueOrDefault(place));
    }

    private async Task<(IReadOnlyList<UnreadAction> First, int InAll)> UnreadAsync(
        Reader reader, Crew crew, IReadOnlyList<Workspace> workspaces, CancellationToken cancellation)
    {
        var counts = Members.GrantsCountingAt(Now);
        var active = Active(reader.OrganizationId);
        var everyone = RoleCatalogue.DefaultUser.Key;
        var targets = await db.OpenIn(reader.OrganizationId, KeysOf(workspaces), Critical)
            .Select(target => new
            {
                target.CommunicationId,
                target.Workspace,
                target.DueAt,
                target.Role,
                target.MembershipId,
                target.IsEscalation,
                WasOpened = db.MemberStates.Any(state =>
                    state.CommunicationId == target.CommunicationId
                    && state.ReadAt != null
                    && active.Any(member => member.Id == state.MembershipId
                        && (member.Id == target.MembershipId
                            || target.Role == everyone
                            || member.Roles.AsQueryable().Where(counts).Any(grant => grant.Role == target.Role)))),
            })
            .ToListAsync(cancellation);
        var unread = targets
            .GroupBy(target => target.CommunicationId)
            .Where(paths => !paths.Any(path => path.WasOpened || (!path.IsEscalation && crew.HasReadUpTo(path.CommunicationId, path.Role, path.MembershipId))))
            .OrderBy(paths => paths.First().DueAt)
            .ThenBy(paths => paths.Key)
            .ToList();

        var first = unread.Take(MostActions).ToList();
        var seen = (await visibility.FindAllAsync(reader, [.. first.Select(paths => paths.Key)], cancellation)).ToDictionary(item => item.Id);
        return ([.. first
            .Select(paths => new UnreadAction(
                paths.Key,
                seen.GetValueOrDefault(paths.Key),
                paths.First().Workspace,
                paths.First().DueAt,
                [.. RoleCatalogue.All.Where(role => paths.Any(path => path.Role == role.Key))],
                crew.Reached(paths.Select(path => path.Role), paths.Select(path => path.MembershipId))))], unread.Count);
    }

    private sealed record CrewGrant(int MembershipId, string Role, long ReadUpTo);

    // Who can work in the organization, and what they hold.
    private sealed class Crew
    {
        private readonly Dictionary<int, Membership> _byId;
        private readonly Dictionary<string, HashSet<int>> _holders;
        private readonly Dictionary<string, long> _readUpTo;

        public Crew(IReadOnlyList<Membership> members, IReadOnlyList<CrewGrant> grants)
        {
            Members = members;
            _byId = members.ToDictionary(member => member.Id);
            _holders = grants.GroupBy(grant => grant.Role).ToDictionary(group => group.Key, group => group.Select(grant => grant.MembershipId).ToHashSet());
            _readUpTo = grants.GroupBy(grant => grant.Role).ToDictionary(group => group.Key, group => group.Max(grant => grant.ReadUpTo));
            if (members.Count > 0)
            {
                _holders[RoleCatalogue.DefaultUser.Key] = [.. _byId.Keys];
                _readUpTo[RoleCatalogue.DefaultUser.Key] = members.Max(member => member.ReadUpTo);
            }

            Roles = [.. _holders.Keys];
        }

        public IReadOnlyList<Membership> Members { get; }

        public List<string> Roles { get; }

        public HashSet<int> Holding(IEnumerable<string> roles) => [.. roles.SelectMany(role => _holders.GetValueOrDefault(role, []))];

        public HashSet<int> Opening(Workspace workspace) => Holding(AccessTable.RolesThatOpen(workspace).Select(role => role.Key));

        public int Reached(IEnumerable<string?> roles, IEnumerable<int?> memberships)
        {
            var reached = Holding(roles.OfType<string>());
            reached.UnionWith(memberships.OfType<int>().Where(_byId.ContainsKey));
            return reached.Count;
        }

        public bool HasReadUpTo(long communication, string? role, int? membership) =>
            (role is not null && _readUpTo.GetValueOrDefault(role) >= communication)
            || (membership is { } id && _byId.TryGetValue(id, out var member) && member.ReadUpTo >= communication);
    }
}

/// <summary>Whom communications reach in an organization.</summary>
/// <param name="Members">How many active members there are.</param>
/// <param name="Workspaces">Each workspace with its kinds.</param>
/// <param name="Mail">Where mail to the members goes.</param>
/// <param name="Unread">Open mandatory actions that none of their addressees has read, by due date; not all if there are many.</param>
/// <param name="UnreadInAll">How many of them there are.</param>
/// <param name="Sole">The members on whom alone something rests, by name.</param>
public sealed record CoverageBoard(
    int Members,
    IReadOnlyList<WorkspaceCoverage> Workspaces,
    IReadOnlyList<MailReach> Mail,
    IReadOnlyList<UnreadAction> Unread,
    int UnreadInAll,
    IReadOnlyList<SoleHolder> Sole);

/// <param name="Workspace">The workspace.</param>
/// <param name="OpenTo">How many active members can open it.</param>
/// <param name="Cells">A cell for each kind, in the order of the policy.</param>
public sealed record WorkspaceCoverage(Workspace Workspace, int OpenTo, IReadOnlyList<CoverageCell> Cells);

/// <param name="Kind">The kind.</param>
/// <param name="Reached">How many active members its open communications reach by a role; null when there are none.</param>
/// <param name="Unreached">How many of these communications reach nobody.</param>
public sealed record CoverageCell(CommunicationKind Kind, int? Reached, int Unreached);

/// <param name="Contact">What is known of the contact address; while another one waits, mail goes where it went.</param>
/// <param name="Source">Where mail goes; null when there is no address.</param>
/// <param name="Members">How many members this holds for.</param>
public sealed record MailReach(ContactState Contact, AddressSource? Source, int Members);

/// <param name="Id">The id of the communication.</param>
/// <param name="Seen">The communication as the one who looks sees it; null when it is not for them.</param>
/// <param name="Workspace">The key of its workspace.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Roles">The roles that it is addressed to; empty when it is for one member.</param>
/// <param name="Reached">How many active members it reaches.</param>
public sealed record UnreadAction(long Id, VisibleCommunication? Seen, string Workspace, DateTime DueAt, IReadOnlyList<Role> Roles, int Reached);

/// <summary>A member without whom nobody could do something any more.</summary>
/// <param name="MembershipId">Who.</param>
/// <param name="Name">The name.</param>
/// <param name="Roles">The roles that no other active member holds.</param>
/// <param name="Workspaces">The workspaces that no other active member can open.</param>
public sealed record SoleHolder(int MembershipId, string Name, IReadOnlyList<Role> Roles, IReadOnlyList<Workspace> Workspaces);
