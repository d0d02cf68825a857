using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Access;

/// <summary>What a role gives in one workspace, beyond what every member may do there.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="Level">How far the role reaches there.</param>
/// <param name="Permissions">What it lets its holder do; empty for a workspace that the operator added, whose work is done elsewhere.</param>
public sealed record RoleReach(Workspace Workspace, AccessLevel Level, IReadOnlyList<Permission> Permissions)
{
    /// <summary>Where a role gives something, in the order of the workspaces.</summary>
    public static IReadOnlyList<RoleReach> Of(Role role, IEnumerable<Workspace> workspaces) =>
    [
        .. from workspace in workspaces
           where AccessTable.RolesThatOpen(workspace).Contains(role)
           select new RoleReach(
               workspace,
               AccessTable.LevelOf(role, workspace),
               [.. AccessTable.PermissionsIn(workspace.Key).Where(permission => AccessTable.RolesWith(permission).Contains(role))]),
    ];

    /// <summary>The roles with that first which gives the least: nobody should ask for, or grant, more than is needed.</summary>
    public static IEnumerable<Role> LeastFirst(IEnumerable<Role> roles, IReadOnlyCollection<Workspace> workspaces) =>
        roles.OrderBy(role => Of(role, workspaces).Count);

    /// <summary>The workspaces that a role would open to somebody who holds these roles now.</summary>
    public static IReadOnlyList<Workspace> Gained(Role role, IReadOnlyCollection<string> held, IEnumerable<Workspace> workspaces) =>
        [.. workspaces.Where(workspace => !AccessTable.Opens(workspace, held) && AccessTable.Opens(workspace, [role.Key]))];
}
