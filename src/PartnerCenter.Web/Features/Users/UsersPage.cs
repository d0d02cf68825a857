using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Users;

/// <param name="Filter">What is shown.</param>
/// <param name="Members">The members of this page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="HasMore">Whether a next page follows.</param>
/// <param name="ShowsEverybody">Whether the reader sees all members, or the administrators only.</param>
/// <param name="AdminRoles">The roles whose holders grant roles to others.</param>
public sealed record UsersPage(
    UsersFilterForm Filter, IReadOnlyList<Membership> Members, int Total, bool HasMore, bool ShowsEverybody, IReadOnlyList<Role> AdminRoles);

/// <param name="Member">The member.</param>
/// <param name="Verbs">What the reader could do with the membership as it stands, and what stands against it.</param>
/// <param name="MayChangeRoles">Whether the reader may grant roles at all.</param>
public sealed record UserPage(Membership Member, IReadOnlyList<VerbRow> Verbs, bool MayChangeRoles);

/// <param name="Verb">What can be done.</param>
/// <param name="RefusedBecause">Why not; null when it can.</param>
public sealed record VerbRow(MembershipVerb Verb, Reason? RefusedBecause);
