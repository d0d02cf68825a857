using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>A role as somebody wants a member to have it.</summary>
/// <param name="Role">The role.</param>
/// <param name="LocationId">Where it counts; null means in the entire organization.</param>
/// <param name="EndsAt">When it ends, in UTC; null means that it stays.</param>
public sealed record WantedRole(Role Role, int? LocationId = null, DateTime? EndsAt = null)
{
    internal bool IsAlready(RoleAssignment grant) => grant.Role == Role.Key && grant.LocationId == LocationId && grant.EndsAt == EndsAt;

    internal bool Replaces(RoleAssignment grant) => grant.Role == Role.Key && grant.LocationId == LocationId && grant.EndsAt != EndsAt;
}

/// <summary>What has to change for a member to have the roles that are wanted. What is the same stays with its history.</summary>
/// <param name="Gained">Roles to grant.</param>
/// <param name="Lost">Grants to take away.</param>
public sealed record RoleDifference(IReadOnlyList<WantedRole> Gained, IReadOnlyList<RoleAssignment> Lost)
{
    public bool IsEmpty => Gained.Count == 0 && Lost.Count == 0;

    /// <summary>The keys of the roles that the member is given.</summary>
    public IReadOnlyList<string> GainedRoles => [.. Gained.Select(role => role.Role.Key).Distinct()];

    /// <summary>The keys of the roles that are taken from the member.</summary>
    public IReadOnlyList<string> LostRoles => [.. Lost.Select(grant => grant.Role).Distinct()];

    /// <summary>To have what is wanted and nothing else. A grant with another end is taken away and given anew.</summary>
    public static RoleDifference Between(Membership member, IReadOnlyCollection<WantedRole> wanted) =>
        new(Missing(member, wanted), [.. member.Roles.Where(grant => !wanted.Any(role => role.IsAlready(grant)))]);

    /// <summary>To have what is wanted as well as what is there.</summary>
    public static RoleDifference Adding(Membership member, IReadOnlyCollection<WantedRole> wanted) =>
        new(Missing(member, wanted), [.. member.Roles.Where(grant => wanted.Any(role => role.Replaces(grant)))]);

    /// <summary>To have none of these roles, wherever they count.</summary>
    public static RoleDifference Without(Membership member, IReadOnlyCollection<Role> roles) =>
        new([], [.. member.Roles.Where(grant => roles.Any(role => role.Key == grant.Role))]);

    private static List<WantedRole> Missing(Membership member, IReadOnlyCollection<WantedRole> wanted) =>
        [.. wanted.Distinct().Where(role => !member.Roles.Exists(role.IsAlready))];
}
