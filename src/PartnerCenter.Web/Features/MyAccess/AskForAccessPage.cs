using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.MyAccess;

/// <param name="Form">What was typed.</param>
/// <param name="Workspace">The workspace that is asked for.</param>
/// <param name="Role">The role that is asked for, if no workspace is.</param>
/// <param name="Choices">The roles that would do.</param>
/// <param name="MayLeaveRoleOpen">Whether whoever answers can choose the role.</param>
/// <param name="Roles">All roles that can be asked for.</param>
/// <param name="ClosedWorkspaces">All workspaces that can be asked for.</param>
/// <param name="Asked">Who will be asked.</param>
public sealed record AskForAccessPage(
    AskForAccessForm Form,
    Workspace? Workspace,
    Role? Role,
    IReadOnlyList<AskChoiceRow> Choices,
    bool MayLeaveRoleOpen,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<Workspace> ClosedWorkspaces,
    ContactsBox Asked)
{
    public bool HasTopic => Workspace is not null || Role is not null;
}

/// <param name="Role">A role that would do.</param>
/// <param name="Gives">What it gives.</param>
/// <param name="Asked">The names of those who may grant it.</param>
public sealed record AskChoiceRow(Role Role, IReadOnlyList<RoleReach> Gives, IReadOnlyList<string> Asked);
