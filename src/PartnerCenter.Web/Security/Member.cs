using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Security;

/// <summary>The signed-in person in the organization of the address: what they are and may do there.</summary>
public sealed class Member
{
    private readonly HashSet<string> _roles;

    public Member(Membership membership, WorkspaceCatalogue catalogue, DateTime now)
    {
        Membership = membership;
        Grants = [.. membership.Roles.Where(grant => grant.CountsAt(now)).OrderBy(grant => grant.GrantedAt).ThenBy(grant => grant.Id)];
        _roles = [.. Grants.Select(grant => grant.Role)];
        var programs = Organization.ActivePrograms;
        ExistingWorkspaces = catalogue.ExistingFor(programs);
        Reader = Reader.From(membership, programs, catalogue, membership.Person.Language, now);
    }

    public Membership Membership { get; }

    public Organization Organization => Membership.Organization;

    public Person Person => Membership.Person;

    /// <summary>The roles that count now, the oldest first.</summary>
    public IReadOnlyList<RoleAssignment> Grants { get; }

    /// <summary>The workspaces that the organization has, whether or not this member may open them.</summary>
    public IReadOnlyList<Workspace> ExistingWorkspaces { get; }

    /// <summary>The workspaces that this member may open.</summary>
    public IEnumerable<Workspace> OpenWorkspaces => ExistingWorkspaces.Where(MayOpen);

    public Reader Reader { get; }

    /// <summary>Whether they have signed in just now (<see cref="FreshSignInTable"/>).</summary>
    public bool HasFreshSignIn { get; init; }

    /// <summary>This member as who changes something, with the network address that the request comes from.</summary>
    public Actor ActorFrom(HttpContext context) => new(Person.Name, Membership.Id, context.Connection.RemoteIpAddress?.ToString())
    {
        HasFreshSignIn = HasFreshSignIn,
    };

    public bool May(Permission permission) => AccessTable.Allows(permission, _roles);

    public bool MayOpen(Workspace workspace) => AccessTable.Opens(workspace, _roles);

    /// <summary>Whether the organization has this workspace and none of this member's roles opens it.</summary>
    public bool MayAskFor(Workspace workspace) => ExistingWorkspaces.Contains(workspace) && !MayOpen(workspace);

    /// <summary>The grants of this member that give a permission.</summary>
    public IEnumerable<RoleAssignment> GrantsOf(Permission permission) =>
        Grants.Where(grant => AccessTable.RolesWith(permission).Any(role => role.Key == grant.Role));
}
