using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.Users;

/// <param name="Filter">What is shown, and in which order.</param>
/// <param name="Rows">The people of this page of the list.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="SeesEveryone">Whether the reader sees more than the administrators.</param>
/// <param name="Workspaces">The workspaces to filter by.</param>
public sealed record UsersPage(UsersFilterForm Filter, IReadOnlyList<UserRow> Rows, int Total, bool SeesEveryone, IReadOnlyList<Workspace> Workspaces)
{
    public int First => Total == 0 ? 0 : (Filter.Page - 1) * Filter.Size + 1;

    public int Last => First == 0 ? 0 : First + Rows.Count - 1;

    public bool HasMore => Last < Total;
}

/// <param name="Id">The id of the membership.</param>
/// <param name="Name">What the organization may know the person by.</param>
/// <param name="SignInAddress">What the person signs in with.</param>
/// <param name="Address">Where the person can be reached.</param>
/// <param name="ContactState">What is known of the contact address.</param>
/// <param name="Status">How the membership stands.</param>
/// <param name="IsExpired">Whether an invitation can no longer be accepted.</param>
/// <param name="IsGuest">Whether the person comes from outside.</param>
/// <param name="EndsAt">When a guest's time ends.</param>
/// <param name="JoinedAt">When the person became a member, or was asked.</param>
/// <param name="Roles">The keys of the roles that count now and that the reader may know of, in the order of the catalogue.</param>
public sealed record UserRow(
    int Id,
    string Name,
    string SignInAddress,
    string Address,
    ContactState ContactState,
    MembershipStatus Status,
    bool IsExpired,
    bool IsGuest,
    DateTime? EndsAt,
    DateTime JoinedAt,
    IReadOnlyList<string> Roles)
{
    private const int ShownRoles = 2;

    public bool TakesRoles => MembershipPolicy.May(MembershipVerb.ChangeRoles, Status).IsAllowed;

    public IEnumerable<string> FirstRoles => Roles.Take(ShownRoles);

    public IReadOnlyList<string> OtherRoles => [.. Roles.Skip(ShownRoles)];
}
