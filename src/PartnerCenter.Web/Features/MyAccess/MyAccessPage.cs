using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.MyAccess;

/// <param name="Workspaces">The workspaces that the organization has.</param>
/// <param name="Grants">My roles.</param>
public sealed record MyAccessPage(IReadOnlyList<WorkspaceAccessRow> Workspaces, IReadOnlyList<RoleAssignment> Grants);

/// <param name="Workspace">The workspace.</param>
/// <param name="IsOpen">Whether a role of mine opens it.</param>
/// <param name="Permissions">What I may do there.</param>
/// <param name="OpenedBy">The roles that would open it.</param>
/// <param name="Administrators">Whom to ask for one of them.</param>
public sealed record WorkspaceAccessRow(
    Workspace Workspace,
    bool IsOpen,
    IReadOnlyList<Permission> Permissions,
    IReadOnlyList<Role> OpenedBy,
    IReadOnlyList<ContactRow> Administrators);

public sealed record ContactRow(string Name, string Address);
