using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.MyAccess;

/// <param name="Workspaces">The workspaces that the organization has.</param>
/// <param name="Missing">The workspaces that it could have.</param>
/// <param name="Grants">My roles.</param>
/// <param name="Requests">What I asked for, the latest first.</param>
public sealed record MyAccessPage(
    IReadOnlyList<WorkspaceAccessRow> Workspaces,
    IReadOnlyList<Workspace> Missing,
    IReadOnlyList<RoleAssignment> Grants,
    IReadOnlyList<RequestRow> Requests);

/// <param name="Workspace">The workspace.</param>
/// <param name="IsOpen">Whether I may open it.</param>
/// <param name="Permissions">What I may do there.</param>
/// <param name="Grants">The roles of mine that open it; empty when every member may.</param>
/// <param name="OpenedBy">The roles that would open it.</param>
/// <param name="IsAskedFor">Whether a request of mine for it waits for an answer.</param>
/// <param name="Administrators">Whom to ask for one of them.</param>
public sealed record WorkspaceAccessRow(
    Workspace Workspace,
    bool IsOpen,
    IReadOnlyList<MyPermissionRow> Permissions,
    IReadOnlyList<RoleAssignment> Grants,
    IReadOnlyList<Role> OpenedBy,
    bool IsAskedFor,
    ContactsBox Administrators);

/// <param name="Permission">What I may do.</param>
/// <param name="Roles">The keys of my roles that let me; empty when every member may.</param>
public sealed record MyPermissionRow(Permission Permission, IReadOnlyList<string> Roles);

/// <param name="Request">What I asked for.</param>
/// <param name="State">How it stands now.</param>
public sealed record RequestRow(AccessRequest Request, AccessRequestState State)
{
    public bool IsOpen => State == AccessRequestState.Open;
}
