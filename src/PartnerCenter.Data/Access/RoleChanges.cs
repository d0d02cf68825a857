using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>Grants roles and takes them away.</summary>
public sealed class RoleChanges(OrganizationChanges changes)
{
    /// <summary>Makes a member's roles what is wanted, all of it or nothing.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="membershipId">Whose they are.</param>
    /// <param name="wanted">What the member has afterwards.</param>
    /// <param name="seen">The ids of the grants that the actor decided on; null takes any.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What changed; null if there is no such member.</returns>
    /// <exception cref="RuleViolationException">A rule forbids a part of it, or the roles are not those that the actor saw.</exception>
    public Task<RoleDifference?> SetAsync(
        int organizationId, Actor actor, int membershipId, IReadOnlyCollection<WantedRole> wanted, IReadOnlyCollection<int>? seen = null, CancellationToken cancellation = default) =>
        ChangeAsync(
            organizationId,
            actor,
            membershipId,
            member =>
            {
                if (seen is not null && !member.Roles.Select(grant => grant.Id).ToHashSet().SetEquals(seen))
                    throw new RuleViolationException(Reasons.ChangedMeanwhile);
                return RoleDifference.Between(member, wanted);
            },
            cancellation);

    /// <summary>Gives a member roles and leaves the others alone.</summary>
    /// <inheritdoc cref="SetAsync"/>
    public Task<RoleDifference?> GrantAsync(
        int organizationId, Actor actor, int membershipId, IReadOnlyCollection<WantedRole> wanted, CancellationToken cancellation = default) =>
        ChangeAsync(organizationId, actor, membershipId, member => RoleDifference.Adding(member, wanted), cancellation);

    /// <summary>Takes roles from a member, wherever they count, and leaves the others alone.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who takes them.</param>
    /// <param name="membershipId">From whom.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <inheritdoc cref="SetAsync"/>
    public Task<RoleDifference?> RevokeAsync(
        int organizationId, Actor actor, int membershipId, IReadOnlyCollection<Role> roles, CancellationToken cancellation = default) =>
        ChangeAsync(organizationId, actor, membershipId, member => RoleDifference.Without(member, roles), cancellation);

    /// <summary>Grants and takes roles as a part of a greater change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="member">Whose roles they are.</param>
    /// <param name="difference">What changes.</param>
    /// <param name="isTold">Whether the member gets a mail about it; false when another mail says it.</param>
    internal static void Apply(OrganizationChange change, Membership member, RoleDifference difference, bool isTold = true)
    {
        if (difference.IsEmpty)
            return;

        MembershipPolicy.May(MembershipVerb.ChangeRoles, member.Status).Enforce();
        // Who changes their own roles decides with the rights that they have before.
        foreach (var lost in difference.Lost)
            MayRevoke(change, member, lost).Enforce();
        foreach (var gained in difference.Gained)
            MayGrant(change, member, gained).Enforce();

        var wasGlobalAdmin = HasGlobalAdmin(member);
        foreach (var lost in difference.Lost)
            Revoke(change, member, lost);
        foreach (var gained in difference.Gained)
            Grant(change, member, gained);

        if (isTold)
            change.Tell(PortalNotices.RolesChanged(member, difference.GainedRoles, difference.LostRoles, change.Actor.Name, change.Now));
        if (wasGlobalAdmin != HasGlobalAdmin(member))
            change.TellOtherGlobalAdmins(member, !wasGlobalAdmin);
    }

    /// <summary>Takes away what has ended by itself. It counted no more anyway; now it is also written down.</summary>
    /// <param name="change">The change.</param>
    /// <param name="member">Whose roles they were.</param>
    internal static void End(OrganizationChange change, Membership member)
    {
        var ended = member.Roles.Where(grant => !grant.CountsAt(change.Now)).ToList();
        if (ended.Count == 0)
            return;

        var wasGlobalAdmin = HasGlobalAdmin(member);
        foreach (var grant in ended)
        {
            member.Revoke(grant);
            change.Record(AuditAction.RoleEnded, member, grant.Role, before: Describe(grant));
        }

        if (member.IsActiveAt(change.Now))
            change.Tell(PortalNotices.RolesChanged(member, [], [.. ended.Select(grant => grant.Role)], change.Actor.Name, change.Now));
        if (wasGlobalAdmin && !HasGlobalAdmin(member))
            change.TellOtherGlobalAdmins(member, isOneNow: false);
    }

    private Task<RoleDifference?> ChangeAsync(
        int organizationId, Actor actor, int membershipId, Func<Membership, RoleDifference> decide, CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                if (await change.FindMemberAsync(membershipId, cancellation) is not { } member)
                    return null;
                var difference = decide(member);
                Apply(change, member, difference);
                return difference;
            },
            cancellation);

    private static bool HasGlobalAdmin(Membership member) => member.Roles.Exists(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key);

    private static Verdict MayGrant(OrganizationChange change, Membership member, WantedRole wanted)
    {
        if (wanted.EndsAt <= change.Now)
            return Verdict.Refused(Reasons.EndDateInThePast);
        if (wanted.LocationId is not null && !wanted.Role.ByLocation)
            return Verdict.Refused(Reasons.NotByLocation(wanted.Role));
        if (wanted.LocationId is { } id && !change.Organization.Locations.Exists(location => location.Id == id))
            return Verdict.Refused(Reasons.UnknownLocation);
        var verdict = change.By is { } granter
            ? GrantPolicy.MayGrant(granter, wanted.Role, member, change.Now)
            : GrantPolicy.MayHold(wanted.Role, member);
        return verdict.IsAllowed ? FreshSignInTable.MayGrant(wanted.Role, change.Actor.HasFreshSignIn) : verdict;
    }

    private static Verdict MayRevoke(OrganizationChange change, Membership member, RoleAssignment grant) =>
        change.By is { } revoker && RoleCatalogue.Find(grant.Role) is { } role
            ? GrantPolicy.MayRevoke(revoker, role, member, change.Now)
            : Verdict.Allowed;

    private static void Grant(OrganizationChange change, Membership member, WantedRole wanted)
    {
        var location = change.Organization.Locations.Find(location => location.Id == wanted.LocationId);
        var grant = member.Grant(wanted.Role, change.Actor.Name, change.Now, location, wanted.EndsAt);
        change.Record(AuditAction.RoleGranted, member, wanted.Role.Key, after: Describe(grant));
    }

    private static void Revoke(OrganizationChange change, Membership member, RoleAssignment grant)
    {
        member.Revoke(grant);
        change.Record(AuditAction.RoleRevoked, member, grant.Role, before: Describe(grant));
    }

    // For the log: where it counts and until when, as data that any language can show.
    private static string Describe(RoleAssignment grant) =>
        $"{grant.Location?.Name ?? "*"}{(grant.EndsAt is { } end ? $" → {end:yyyy-MM-dd}" : "")}";
}
