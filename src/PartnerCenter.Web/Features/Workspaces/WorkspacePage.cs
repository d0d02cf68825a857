using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Workspaces;

/// <param name="Workspace">The workspace.</param>
/// <param name="Permissions">What I may do there, and which of my roles let me.</param>
/// <param name="Open">Its open communications: actions first.</param>
/// <param name="Administrators">Whom to ask for access.</param>
public sealed record WorkspacePage(
    Workspace Workspace,
    IReadOnlyList<PermissionRow> Permissions,
    IReadOnlyList<CommunicationRow> Open,
    IReadOnlyList<AdministratorRow> Administrators);

/// <param name="Permission">What I may do.</param>
/// <param name="Grants">The roles that let me.</param>
public sealed record PermissionRow(Permission Permission, IReadOnlyList<RoleAssignment> Grants);

/// <param name="Name">Who administers it.</param>
/// <param name="Address">How to reach them.</param>
public sealed record AdministratorRow(string Name, string Address);
