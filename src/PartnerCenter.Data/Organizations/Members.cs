using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>Chooses members; the rules behind the choice are those of <see cref="Membership"/>.</summary>
public static class Members
{
    /// <summary>Those who can work in an organization that is open: what <see cref="Membership.IsActiveAt"/> says, for the database.</summary>
    public static IQueryable<Membership> ActiveAt(this IQueryable<Membership> memberships, DateTime now) => memberships
        .Where(membership => membership.Status == MembershipStatus.Active && (membership.EndsAt == null || membership.EndsAt > now))
        .Where(membership => !membership.Organization.IsSuspended);

    /// <summary>
    /// The invitations that nobody accepted in time: what <see cref="Membership.HasInvitationExpiredAt"/> says, for the database.
    /// </summary>
    public static IQueryable<Membership> WithInvitationExpiredAt(this IQueryable<Membership> memberships, DateTime now) => memberships
        .Where(membership => membership.Status == MembershipStatus.Invited && membership.InvitationExpiresAt <= now);

    /// <summary>Those whom a verb can be used on: what <see cref="MembershipPolicy"/> says, for the database.</summary>
    public static IQueryable<Membership> Taking(this IQueryable<Membership> memberships, MembershipVerb verb)
    {
        var statuses = Enum.GetValues<MembershipStatus>().Where(status => MembershipPolicy.May(verb, status).IsAllowed).ToList();
        return memberships.Where(membership => statuses.Contains(membership.Status));
    }
}
