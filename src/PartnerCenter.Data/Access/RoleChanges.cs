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
    /// <param name="wanted">What the member has afterwards. Roles that the actor may not touch stay if they are left out of both.</param>
    /// <param name="expectedVersion">The version of the membership that the actor decided on; null takes any.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What changed; null if there is no such member.</returns>
    /// <exception cref="RuleViolationException">A rule forbids a part of it.</exception>
    public Task<RoleDifference?> SetAsync(
        int organizationId, Actor actor, int membershipId, IReadOnlyCollection<WantedRole> wanted, int? expectedVersion = null, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.AssignRoles);
                if (await change.FindMemberAsync(membershipId, cancellation) is not { } member)
                    return null;
                var difference = RoleDifference.Between(member, wanted);
                Apply(change, member, difference);
                return difference;
            },
            cancellation);

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
        var wasGlobalAdmin = HasGlobalAdmin(member);
        // Decided on what the actor holds now: whoever moves the end of a role of their own lays it down in between.
        foreach (var gained in difference.Gained)
            RequireGrant(change, member, gained);
        foreach (var lost in difference.Lost)
            Revoke(change, member, lost);
        foreach (var gained in difference.Gained)
            Grant(change, member, gained);

        var (gainedKeys, lostKeys) = (difference.Gained.Select(role => role.Role.Key).ToList(), difference.Lost.Select(grant => grant.Role).ToList());
        if (isTold)
            change.Tell(PortalNotices.RolesChanged(member, gainedKeys, lostKeys, change.Actor.Name, change.Now));
        if (wasGlobalAdmin != HasGlobalAdmin(member))
            change.TellOtherGlobalAdmins(member, !wasGlobalAdmin);
    }

    private static bool HasGlobalAdmin(Membership member) => member.Roles.Exists(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key);

    private static void RequireGrant(OrganizationChange change, Membership member, WantedRole wanted)
    {
        (change.By is { } granter ? GrantPolicy.MayGrant(granter, wanted.Role, member, change.Now) : GrantPolicy.MayHold(wanted.Role, member)).Enforce();
        if (wanted.EndsAt <= change.Now)
            throw new RuleViolationException(Reasons.EndDateInThePast);
        if (wanted.LocationId is not null && !wanted.Role.ByLocation)
            throw new RuleViolationException(Reasons.NotByLocation(wanted.Role));
    }

    private static void Grant(OrganizationChange change, Membership member, WantedRole wanted)
    {
        var location = wanted.LocationId is { } id
            ? change.Organization.Locations.Find(location => location.Id == id) ?? throw new RuleViolationException(Reasons.UnknownLocation)
            : null;
        var grant = member.Grant(wanted.Role, change.Actor.Name, change.Now, location, wanted.EndsAt);
        change.Record(AuditAction.RoleGranted, member, wanted.Role.Key, after: Describe(grant));
    }

    private static void Revoke(OrganizationChange change, Membership member, RoleAssignment grant)
    {
        if (change.By is { } revoker && RoleCatalogue.Find(grant.Role) is { } role)
            GrantPolicy.MayRevoke(revoker, role, member, change.Now).Enforce();
        member.Revoke(grant);
        change.Record(AuditAction.RoleRevoked, member, grant.Role, before: Describe(grant));
    }

    // For the log: where it counts and until when, as data that any language can show.
    private static string Describe(RoleAssignment grant) =>
        $"{grant.Location?.Name ?? "*"}{(grant.EndsAt is { } end ? $" → {end:yyyy-MM-dd}" : "")}";
}
