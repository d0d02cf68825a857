using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>Chooses members; the rules behind the choice are those of <see cref="Membership"/>.</summary>
public static class Members
{
    /// <summary>
    /// Those who may sign in and work in an organization that is open: what <see cref="Membership.CanWorkAt"/> says, for the database.
    /// </summary>
    public static IQueryable<Membership> ActiveAt(this IQueryable<Membership> memberships, DateTime now) => memberships
        .Where(membership => membership.Status == MembershipStatus.Active && (membership.EndsAt == null || membership.EndsAt > now))
        .Where(membership => !membership.Organization.IsSuspended && !membership.Person.IsDisabled);

    /// <summary>
    /// The invitations that nobody accepted in time: what <see cref="Membership.HasInvitationExpiredAt"/> says, for the database.
    /// </summary>
    public static IQueryable<Membership> WithInvitationExpiredAt(this IQueryable<Membership> memberships, DateTime now) => memberships
        .Where(membership => membership.Status == MembershipStatus.Invited && (membership.InvitationExpiresAt <= now || membership.EndsAt <= now));

    /// <summary>Those whom a list of members shows: everybody but who was removed and cannot be brought back any more.</summary>
    public static IQueryable<Membership> ListedAt(this IQueryable<Membership> memberships, DateTime now)
    {
        var removedAfter = now - MembershipPolicy.RestorableFor;
        return memberships.Where(membership =>
            membership.Status != MembershipStatus.Removed || (membership.InvitationExpiresAt == null && membership.StatusSince > removedAfter));
    }

    /// <summary>Those with whose address for mail it stands like this: what <see cref="Membership.ContactStateAt"/> says, for the database.</summary>
    public static IQueryable<Membership> WithContact(this IQueryable<Membership> memberships, ContactState state, DateTime now) => state switch
    {
        ContactState.Pending => memberships.Where(membership => membership.PendingContact != null && membership.PendingContactUntil > now),
        ContactState.Expired => memberships.Where(membership => membership.PendingContact != null && membership.PendingContactUntil <= now),
        ContactState.None => memberships.Where(membership =>
            membership.PendingContact == null && membership.ContactState == state && membership.Person.MailRefusedAt == null),
        ContactState.Bounced => memberships.Where(membership =>
            membership.PendingContact == null
            && (membership.ContactState == state || (membership.ContactState == ContactState.None && membership.Person.MailRefusedAt != null))),
        _ => memberships.Where(membership => membership.PendingContact == null && membership.ContactState == state),
    };

    /// <summary>The grants that count: what <see cref="RoleAssignment.CountsAt"/> says, for the database.</summary>
    public static Expression<Func<RoleAssignment, bool>> GrantsCountingAt(DateTime now) => grant => grant.EndsAt == null || grant.EndsAt > now;

    /// <summary>Those who hold any of these roles now.</summary>
    /// <param name="memberships">From whom to choose.</param>
    /// <param name="roles">The keys of the roles.</param>
    /// <param name="now">The time in UTC.</param>
    public static IQueryable<Membership> Holding(this IQueryable<Membership> memberships, IReadOnlyCollection<string> roles, DateTime now)
    {
        var counts = GrantsCountingAt(now);
        return memberships.Where(membership => membership.Roles.AsQueryable().Where(counts).Any(grant => roles.Contains(grant.Role)));
    }

    /// <summary>Those whom a verb can be used on: what <see cref="MembershipPolicy"/> says, for the database.</summary>
    public static IQueryable<Membership> Taking(this IQueryable<Membership> memberships, MembershipVerb verb)
    {
        var statuses = Enum.GetValues<MembershipStatus>().Where(status => MembershipPolicy.May(verb, status).IsAllowed).ToList();
        return memberships.Where(membership => statuses.Contains(membership.Status));
    }

    /// <summary>Those who were asked to join an organization that is open and have not answered, whether or not it is too late.</summary>
    public static IQueryable<Membership> Unanswered(this IQueryable<Membership> memberships) => memberships
        .Where(membership => membership.Status == MembershipStatus.Invited && !membership.Organization.IsSuspended);

    /// <summary>Those whose name or address for mail has this in it, as far as others of the organization see it.</summary>
    /// <param name="memberships">From whom to choose.</param>
    /// <param name="text">What somebody typed.</param>
    /// <param name="bySignInAddress">Whether the address of signing in counts, too.</param>
    public static IQueryable<Membership> Named(this IQueryable<Membership> memberships, string text, bool bySignInAddress)
    {
        // One of the engines takes only a to z for the same as A to Z: other letters are looked for in each way that names are written.
        var upper = LikePattern.Containing(text.ToUpperInvariant());
        var lower = LikePattern.Containing(text.ToLowerInvariant());
        var title = LikePattern.Containing(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant()));
        return memberships.Where(membership =>
            (bySignInAddress && EF.Functions.Like(membership.Person.NormalizedSignInAddress, upper, LikePattern.Escape))
            || EF.Functions.Like(
                membership.ContactState == ContactState.Verified && membership.ContactAddress != null
                    ? membership.ContactAddress
                    : membership.Person.NormalizedSignInAddress,
                upper,
                LikePattern.Escape)
            || (membership.InvitationExpiresAt == null
                && (EF.Functions.Like(membership.Person.Name, upper, LikePattern.Escape)
                    || EF.Functions.Like(membership.Person.Name, lower, LikePattern.Escape)
                    || EF.Functions.Like(membership.Person.Name, title, LikePattern.Escape))));
    }

    /// <summary>What others of the organization see of each member's name: <see cref="Membership.ShownName"/>, for the database.</summary>
    public static IQueryable<ShownMember> Shown(this IQueryable<Membership> memberships) => memberships.Select(membership => new ShownMember
    {
        MembershipId = membership.Id,
        Name = membership.InvitationExpiresAt == null ? membership.Person.Name : membership.Person.SignInAddress,
        Address = membership.Person.SignInAddress,
    });
}

/// <summary>A member as others of the organization see them.</summary>
public sealed record ShownMember
{
    public required int MembershipId { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }
}
