using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>Chooses members; the rules behind the choice are those of <see cref="Membership"/>.</summary>
public static class Members
{
    /// <summary>Those who can work in an organization that is open: what <see cref="Membership.IsActiveAt"/> says, for the database.</summary>
    public static IQueryable<Membership> ActiveAt(this IQueryable<Membership> memberships, DateTime now) => memberships
        .Where(membership => membership.Status == MembershipStatus.Active && (membership.EndsAt == null || membership.EndsAt > now))
        .Where(membership => !membership.Organization.IsSuspended);

    /// <summary>Those whom a list of members shows: what <see cref="Membership.MayRestoreAt"/> says of people who were removed, for the database.</summary>
    public static IQueryable<Membership> ListedAt(this IQueryable<Membership> memberships, DateTime now)
    {
        var removedAfter = now - MembershipPolicy.RestorableFor;
        return memberships.Where(membership =>
            membership.Status != MembershipStatus.Removed || (membership.InvitationExpiresAt == null && membership.StatusSince > removedAfter));
    }
}
