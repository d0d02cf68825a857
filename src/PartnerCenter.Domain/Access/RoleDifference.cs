using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>A role as somebody wants a member to have it.</summary>
/// <param name="Role">The role.</param>
/// <param name="LocationId">Where it counts; null means in the entire organization.</param>
/// <param name="EndsAt">When it ends, in UTC; null means that it stays.</param>
public sealed record WantedRole(Role Role, int? LocationId = null, DateTime? EndsAt = null);

/// <summary>What has to change for a member to have the roles that are wanted. What is the same stays with its history.</summary>
/// <param name="Gained">Roles to grant.</param>
/// <param name="Lost">Grants to take away.</param>
public sealed record RoleDifference(IReadOnlyList<WantedRole> Gained, IReadOnlyList<RoleAssignment> Lost)
{
    public bool IsEmpty => Gained.Count == 0 && Lost.Count == 0;

    /// <summary>A grant with another place or end is taken away and given anew.</summary>
    public static RoleDifference Between(Membership member, IReadOnlyCollection<WantedRole> wanted)
    {
        var distinct = wanted.Distinct().ToList();
        return new RoleDifference(
            [.. distinct.Where(role => !member.Roles.Exists(grant => IsSame(grant, role)))],
            [.. member.Roles.Where(grant => !distinct.Exists(role => IsSame(grant, role)))]);
    }

    private static bool IsSame(RoleAssignment grant, WantedRole wanted) =>
        grant.Role == wanted.Role.Key && grant.LocationId == wanted.LocationId && grant.EndsAt == wanted.EndsAt;
}
