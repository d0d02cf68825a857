using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.AccessRequests;

/// <param name="Filter">What is shown.</param>
/// <param name="Rows">The rows of this page: what waits for an answer comes first.</param>
/// <param name="HasMore">Whether a next page follows.</param>
public sealed record AccessRequestsPage(AccessRequestsFilterForm Filter, IReadOnlyList<AccessRequestRow> Rows, bool HasMore)
{
    /// <summary>The address of another page of this list.</summary>
    public string QueryFor(int page) => $"?{(Filter.State is { } state ? $"state={state}&" : "")}page={page}";
}

/// <param name="Request">The request.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Requester">The name of who asks.</param>
public sealed record AccessRequestRow(AccessRequest Request, AccessRequestState State, string Requester);

/// <param name="Request">The request, with who asks.</param>
/// <param name="State">How it stands now.</param>
/// <param name="IsOwn">Whether I asked myself.</param>
/// <param name="MayAnswer">Whether I may answer it.</param>
/// <param name="CanWork">Whether the requester can work in the organization: else nothing can be granted.</param>
/// <param name="Held">The roles that the requester has now.</param>
/// <param name="Choices">The roles that would do and that I may grant.</param>
/// <param name="Locations">The locations that some of them can be limited to.</param>
/// <param name="Deciders">Who may answer it.</param>
/// <param name="Approve">What was typed to approve it.</param>
/// <param name="Deny">What was typed to decline it.</param>
public sealed record AccessRequestPage(
    AccessRequest Request,
    AccessRequestState State,
    bool IsOwn,
    bool MayAnswer,
    bool CanWork,
    IReadOnlyList<RoleAssignment> Held,
    IReadOnlyList<GrantableRow> Choices,
    IReadOnlyList<Location> Locations,
    ContactsBox Deciders,
    ApproveForm Approve,
    DenyForm Deny)
{
    public bool IsOpen => State == AccessRequestState.Open;

    /// <summary>Whether I can say no to it.</summary>
    public bool CanDeny => IsOpen && MayAnswer;

    /// <summary>Whether I can say yes to it, too.</summary>
    public bool CanApprove => CanDeny && CanWork && Choices.Count > 0;
}

/// <param name="Role">A role that would do.</param>
/// <param name="Gives">What it gives.</param>
/// <param name="Gained">The workspaces that it would open to the requester.</param>
public sealed record GrantableRow(Role Role, IReadOnlyList<RoleReach> Gives, IReadOnlyList<Workspace> Gained);
