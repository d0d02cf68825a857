using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Users;

/// <param name="Member">Who it is about.</param>
/// <param name="IsExpired">Whether the invitation can no longer be accepted.</param>
/// <param name="ContactState">How it stands with the address for mail.</param>
/// <param name="AwaitedContact">The address that waits to be confirmed, as somebody sees it who need not know it.</param>
/// <param name="Roles">The roles that count now.</param>
/// <param name="Verbs">What can be done with a membership that stands like this, and whether the reader may.</param>
/// <param name="ManagesUsers">Whether the reader does such things at all.</param>
/// <param name="MayChangeRoles">Whether the reader gets to the page that changes the roles.</param>
/// <param name="GuestEnd">Whether the reader may move the day on which the guest's time ends; null for somebody who is no guest.</param>
/// <param name="Activity">The latest lines of the activity log; null if the reader may not see it.</param>
/// <param name="Form">The end of the guest's time, or what was typed.</param>
public sealed record UserPage(
    Membership Member,
    bool IsExpired,
    ContactState ContactState,
    string? AwaitedContact,
    IReadOnlyList<RoleAssignment> Roles,
    IReadOnlyList<UserVerbRow> Verbs,
    bool ManagesUsers,
    bool MayChangeRoles,
    Verdict? GuestEnd,
    IReadOnlyList<AuditEntry>? Activity,
    GuestEndForm Form);

/// <param name="Verb">What can be done.</param>
/// <param name="Path">The end of the address that does it.</param>
/// <param name="IsConfirmed">Whether the reader is told first what it means.</param>
/// <param name="Verdict">Whether the reader may do it, and if not, why.</param>
public sealed record UserVerbRow(MembershipVerb Verb, string Path, bool IsConfirmed, Verdict Verdict);

/// <summary>The last day of a guest.</summary>
public sealed class GuestEndForm
{
    /// <summary>Null means that the guest stays.</summary>
    public DateOnly? LastDay { get; set; }

    public DateTime? EndsAt => Domain.LastDay.EndOf(LastDay);

    public static GuestEndForm From(Membership guest) => new() { LastDay = Domain.LastDay.Of(guest.EndsAt) };
}
