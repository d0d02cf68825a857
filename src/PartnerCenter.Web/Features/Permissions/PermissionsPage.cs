using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Permissions;

/// <param name="Member">Whose permissions they are.</param>
/// <param name="IsOwn">Whether they are mine.</param>
/// <param name="Grants">The roles, each with what it gives.</param>
/// <param name="Columns">The roles of the matrix; the last one is what every member has.</param>
/// <param name="Rows">The workspaces of the organization.</param>
/// <param name="Pages">The pages that can be asked about.</param>
/// <param name="Workspaces">The workspaces that can be asked about: all there are, for the organization may lack one.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The answer, once something was asked.</param>
public sealed record PermissionsPage(
    Membership Member,
    bool IsOwn,
    IReadOnlyList<GrantRow> Grants,
    IReadOnlyList<Role> Columns,
    IReadOnlyList<MatrixRow> Rows,
    IReadOnlyList<PortalPage> Pages,
    IReadOnlyList<Workspace> Workspaces,
    QuestionForm Question,
    AccessExplanation? Answer);

/// <param name="Grant">A role that the member has: why, where, since and until when.</param>
/// <param name="Counts">Whether it still counts.</param>
/// <param name="Gives">What it gives.</param>
public sealed record GrantRow(RoleAssignment Grant, bool Counts, IReadOnlyList<RoleReach> Gives);

/// <param name="Workspace">A workspace of the organization.</param>
/// <param name="Levels">How far each role reaches there, in the order of the columns.</param>
public sealed record MatrixRow(Workspace Workspace, IReadOnlyList<AccessLevel> Levels);

/// <summary>Why can, or can't, this member open it?</summary>
public sealed class QuestionForm
{
    private const string PagePrefix = "page/";
    private const string WorkspacePrefix = "workspace/";

    /// <summary>What is asked about, as <see cref="Of(PortalPage)"/> or <see cref="Of(Workspace)"/> write it.</summary>
    public string? Open { get; set; }

    public static string Of(PortalPage page) => PagePrefix + page.Key;

    public static string Of(Workspace workspace) => WorkspacePrefix + workspace.Key;
}
