using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// Whether one member may give a role to another, or take it away. Nobody raises themselves, and nobody gives what is above their own
/// right; <see cref="GrantTable"/> says what that is.
/// </summary>
public static class GrantPolicy
{
    /// <param name="granter">Who would grant it.</param>
    /// <param name="role">The role.</param>
    /// <param name="to">Who would have it.</param>
    /// <param name="now">The time in UTC: a role that has ended gives no right.</param>
    public static Verdict MayGrant(Membership granter, Role role, Membership to, DateTime now)
    {
        var by = RolesOf(granter, now).Where(held => GrantTable.MayGrant(held, role)).ToList();
        if (by.Count == 0)
            return Verdict.Refused(Reasons.NotYoursToGrant(role));
        if (granter.Id == to.Id && !by.Exists(GrantTable.MayTake))
            return Verdict.Refused(Reasons.NobodyRaisesThemselves);
        return MayHold(role, to);
    }

    /// <summary>Whether somebody like this can have the role, whoever grants it.</summary>
    public static Verdict MayHold(Role role, Membership holder) =>
        holder.IsGuest && !role.ForGuests ? Verdict.Refused(Reasons.NotForGuests(role)) : Verdict.Allowed;

    /// <summary>Whether one member may take a role from another. Anybody may lay down a role of their own.</summary>
    /// <param name="revoker">Who would take it.</param>
    /// <param name="role">The role.</param>
    /// <param name="from">Who has it.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayRevoke(Membership revoker, Role role, Membership from, DateTime now) =>
        revoker.Id == from.Id || RolesOf(revoker, now).Any(held => GrantTable.MayGrant(held, role))
            ? Verdict.Allowed
            : Verdict.Refused(Reasons.NotYoursToRevoke(role));

    /// <summary>Whether one member may keep another out: only who could also take every role from them.</summary>
    /// <param name="actor">Who would do it.</param>
    /// <param name="member">Whom it would be done to.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayKeepOut(Membership actor, Membership member, DateTime now) => RolesOf(member, now)
        .Select(role => MayRevoke(actor, role, member, now))
        .FirstOrDefault(verdict => !verdict.IsAllowed) ?? Verdict.Allowed;

    /// <summary>Whether a member may decide whether somebody else gets the role.</summary>
    /// <param name="decider">Who would decide.</param>
    /// <param name="role">The role that was asked for.</param>
    /// <param name="requester">Who asked.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayDecide(Membership decider, Role role, Membership requester, DateTime now) =>
        decider.Id == requester.Id ? Verdict.Refused(Reasons.NobodyDecidesForThemselves) : MayGrant(decider, role, requester, now);

    /// <summary>
    /// Whether a member may decide in an access review. To keep a role is to vouch for it as if it were granted anew, so nobody vouches
    /// for themselves who could not take the role for themselves.
    /// </summary>
    /// <param name="reviewer">Who would decide.</param>
    /// <param name="decision">What would be decided.</param>
    /// <param name="role">The role.</param>
    /// <param name="holder">Who has it.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayReview(Membership reviewer, ReviewDecision decision, Role role, Membership holder, DateTime now) =>
        decision == ReviewDecision.Keep ? MayGrant(reviewer, role, holder, now) : MayRevoke(reviewer, role, holder, now);

    /// <summary>
    /// Whether a member may answer a request for one of these roles: say no to it, or yes if the requester may hold the role. So a
    /// request of somebody who may not hold it any more still has an answer.
    /// </summary>
    /// <param name="decider">Who would answer.</param>
    /// <param name="askedFor">The roles that would do.</param>
    /// <param name="requester">Who asked.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict MayAnswer(Membership decider, IReadOnlyCollection<Role> askedFor, Membership requester, DateTime now) =>
        decider.Id == requester.Id ? Verdict.Refused(Reasons.NobodyDecidesForThemselves)
        : askedFor.Count == 0 ? Verdict.Refused(Reasons.NoRoleOpensWorkspace)
        : askedFor.Any(GrantedToOthersBy(decider, now).Contains) ? Verdict.Allowed
        : Verdict.Refused(Reasons.NotYoursToGrant(askedFor.First()));

    /// <summary>The roles that a member may grant to others, whoever they are, in the order of the catalogue.</summary>
    public static IReadOnlyList<Role> GrantedToOthersBy(Membership granter, DateTime now)
    {
        var held = RolesOf(granter, now).ToList();
        return [.. RoleCatalogue.All.Where(role => held.Exists(mine => GrantTable.MayGrant(mine, role)))];
    }

    /// <summary>The roles that a member may grant to another, in the order of the catalogue.</summary>
    /// <param name="granter">Who would grant them.</param>
    /// <param name="to">Who would have them.</param>
    /// <param name="now">The time in UTC.</param>
    public static IReadOnlyList<Role> GrantableBy(Membership granter, Membership to, DateTime now) =>
        [.. RoleCatalogue.All.Where(role => MayGrant(granter, role, to, now).IsAllowed)];

    private static IEnumerable<Role> RolesOf(Membership member, DateTime now) => member.Roles
        .Where(grant => grant.CountsAt(now))
        .Select(grant => RoleCatalogue.Find(grant.Role))
        .OfType<Role>();
}
