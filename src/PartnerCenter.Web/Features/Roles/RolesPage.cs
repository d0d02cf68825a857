using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.Roles;

/// <param name="Member">Whose roles they are.</param>
/// <param name="Form">What is checked.</param>
/// <param name="Families">The roles in their groups.</param>
/// <param name="Locations">The locations that a role can be limited to.</param>
/// <param name="Difference">What saving would change; null while it was not asked for.</param>
public sealed record RolesPage(
    Membership Member,
    RolesForm Form,
    IReadOnlyList<IGrouping<RoleFamily, RoleRow>> Families,
    IReadOnlyList<Location> Locations,
    DifferenceRow? Difference = null);

/// <param name="Role">The role.</param>
/// <param name="RefusedBecause">Why it cannot be changed; null when it can.</param>
/// <param name="Held">The grants of it that the member has.</param>
public sealed record RoleRow(Role Role, Reason? RefusedBecause, IReadOnlyList<RoleAssignment> Held);

/// <summary>What a change means for one member.</summary>
public sealed record DifferenceRow
{
    public required Membership Member { get; init; }

    public required RoleDifference Roles { get; init; }

    public required IReadOnlyList<Workspace> WorkspacesGained { get; init; }

    public required IReadOnlyList<Workspace> WorkspacesLost { get; init; }

    /// <summary>Open actions that the member will see and does not see now.</summary>
    public required IReadOnlyList<VisibleCommunication> ActionsGained { get; init; }

    public required IReadOnlyList<VisibleCommunication> ActionsLost { get; init; }

    /// <summary>Why it cannot be done; null when it can.</summary>
    public Reason? RefusedBecause { get; init; }
}

/// <param name="Form">What is chosen.</param>
/// <param name="Members">Whose roles change.</param>
/// <param name="Roles">The roles that may be granted and taken.</param>
/// <param name="Locations">The locations that a role can be limited to.</param>
/// <param name="Differences">What it means for each; empty while it was not asked for.</param>
public sealed record BulkRolesPage(
    BulkRolesForm Form,
    IReadOnlyList<Membership> Members,
    IReadOnlyList<IGrouping<RoleFamily, Role>> Roles,
    IReadOnlyList<Location> Locations,
    IReadOnlyList<DifferenceRow> Differences);

/// <param name="Rows">What became of each.</param>
public sealed record BulkResultPage(IReadOnlyList<BulkResultRow> Rows);

/// <param name="Member">Whose roles.</param>
/// <param name="Difference">What changed; empty when there was nothing to do.</param>
/// <param name="RefusedBecause">Why nothing changed; null when nothing stood against it.</param>
public sealed record BulkResultRow(Membership Member, RoleDifference? Difference, Reason? RefusedBecause);

/// <param name="Words">What was searched for.</param>
/// <param name="Rows">The members to choose from.</param>
/// <param name="HasMore">Whether there are more than are shown.</param>
public sealed record PickMembersPage(string? Words, IReadOnlyList<Membership> Rows, bool HasMore);
