using PartnerCenter.Domain.Support;

namespace PartnerCenter.Web.Shell.Support;

/// <param name="Side">For whom it is.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Filter">What is shown.</param>
/// <param name="Rows">The rows of this page: what waits for the reader's side comes first.</param>
/// <param name="HasMore">Whether a next page follows.</param>
public sealed record SupportList(
    SupportSide Side, string Address, SupportFilterForm Filter, IReadOnlyList<SupportListRow> Rows, bool HasMore);

/// <param name="Id">The number of the request.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Workspace">The key of the workspace that it is about.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Requester">The name of who asks.</param>
/// <param name="Organization">The name of their organization.</param>
/// <param name="CreatedAt">When they asked, in UTC.</param>
/// <param name="ChangedAt">When something was last written to it, in UTC.</param>
public sealed record SupportListRow(
    int Id, string Summary, string Workspace, SupportState State, string Requester, string Organization, DateTime CreatedAt, DateTime ChangedAt);
