using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.AccessReviews;

/// <summary>What somebody wants to review.</summary>
public sealed class StartReviewForm
{
    private const string RolePrefix = "role/";
    private const string WorkspacePrefix = "workspace/";

    /// <summary><c>role/</c> or <c>workspace/</c> and a key.</summary>
    public string? Of { get; set; }

    public Role? Role => Of?.StartsWith(RolePrefix, StringComparison.Ordinal) == true && RoleCatalogue.Find(Of[RolePrefix.Length..]) is { Family: not RoleFamily.Everyone } role
        ? role
        : null;

    public static string ValueOf(Role role) => RolePrefix + role.Key;

    public static string ValueOf(Workspace workspace) => WorkspacePrefix + workspace.Key;

    public Workspace? WorkspaceIn(IEnumerable<Workspace> workspaces) => workspaces.FirstOrDefault(workspace => ValueOf(workspace) == Of);
}

/// <param name="Reviews">The reviews of the organization, the newest first.</param>
/// <param name="Workspaces">The workspaces that can be reviewed.</param>
/// <param name="Form">What was chosen.</param>
public sealed record AccessReviewsPage(IReadOnlyList<AccessReviewRow> Reviews, IReadOnlyList<Workspace> Workspaces, StartReviewForm Form);

/// <param name="Review">The review without its grants.</param>
/// <param name="Decided">How many grants were decided on.</param>
/// <param name="Of">How many it has.</param>
public sealed record AccessReviewRow(AccessReview Review, int Decided, int Of);

/// <param name="Row">The review and how far it has come.</param>
/// <param name="Grants">The grants of this page.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Pages">How many there are.</param>
public sealed record AccessReviewPage(AccessReviewRow Row, IReadOnlyList<ReviewedGrantRow> Grants, int Page, int Pages)
{
    public bool IsOpen => Row.Review.ClosedAt is null;
}

/// <param name="Item">The grant as it was when the review began.</param>
/// <param name="IsGone">Whether it is gone by now, without anybody having decided on it here.</param>
/// <param name="MayNotKeep">Why the reader may not keep it; null if they may.</param>
/// <param name="MayNotRemove">Why the reader may not remove it; null if they may.</param>
public sealed record ReviewedGrantRow(AccessReviewItem Item, bool IsGone, Reason? MayNotKeep, Reason? MayNotRemove);
