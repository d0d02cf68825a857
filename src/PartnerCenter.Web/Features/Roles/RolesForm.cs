using System.Globalization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Roles;

/// <summary>
/// The roles of one member as somebody wants them. A choice is the key of a role, or <c>key@location</c> where it is limited to one
/// location.
/// </summary>
public sealed class RolesForm
{
    public int Member { get; set; }

    /// <summary>The ids of the grants that the form was filled in from.</summary>
    public List<int> Seen { get; set; } = [];

    /// <summary>What is checked.</summary>
    public List<string> Choice { get; set; } = [];

    /// <summary>The last day of a choice, by choice.</summary>
    public Dictionary<string, DateOnly?> Until { get; set; } = [];

    /// <summary>Whether the difference was shown and is to be saved.</summary>
    public bool IsConfirmed { get; set; }

    public static RolesForm From(Membership member) => new()
    {
        Member = member.Id,
        Seen = [.. member.Roles.Select(grant => grant.Id)],
        Choice = [.. member.Roles.Select(Key)],
        Until = member.Roles.Where(grant => grant.EndsAt is not null).DistinctBy(Key).ToDictionary(Key, grant => (DateOnly?)LastDay.Of(grant.EndsAt!.Value)),
    };

    public static string Key(Role role, int? locationId) =>
        locationId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{role.Key}@{id}") : role.Key;

    /// <summary>The grants that the form asks for: what is checked among the roles that may be changed, and the others as they are.</summary>
    /// <param name="member">Whose roles they are.</param>
    /// <param name="mayChange">Whether the one who fills in the form may change a role.</param>
    public IReadOnlyList<WantedRole> Wanted(Membership member, Func<Role, bool> mayChange)
    {
        var kept = member.Roles
            .Where(grant => RoleCatalogue.Find(grant.Role) is not { } role || !mayChange(role))
            .Select(grant => new WantedRole(RoleCatalogue.Find(grant.Role)!, grant.LocationId, grant.EndsAt));
        var chosen = Choice.Distinct().Select(Parse).OfType<WantedRole>().Where(wanted => mayChange(wanted.Role));
        return [.. kept, .. chosen.Select(wanted => AsItIs(member, wanted))];
    }

    private static string Key(RoleAssignment grant) =>
        grant.LocationId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{grant.Role}@{id}") : grant.Role;

    // A grant may end at another second of the day: who leaves the day alone changes nothing.
    private static WantedRole AsItIs(Membership member, WantedRole wanted) =>
        member.Roles.Find(grant => grant.Role == wanted.Role.Key && grant.LocationId == wanted.LocationId) is { EndsAt: { } end }
        && wanted.EndsAt is { } chosen
        && LastDay.Of(end) == LastDay.Of(chosen)
            ? wanted with { EndsAt = end }
            : wanted;

    private WantedRole? Parse(string choice)
    {
        var parts = choice.Split('@');
        if (RoleCatalogue.Find(parts[0]) is not { } role)
            return null;
        int? location = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id) ? id : null;
        return new WantedRole(role, location, LastDay.EndOf(Until.GetValueOrDefault(choice)));
    }
}

/// <summary>Roles that several members get or lose.</summary>
public sealed class BulkRolesForm
{
    public const int MostMembers = 200;

    public List<int> Member { get; set; } = [];

    public bool Revoke { get; set; }

    public List<string> Role { get; set; } = [];

    /// <summary>Where a role that can be limited counts; null means in the entire organization.</summary>
    public int? Location { get; set; }

    public DateOnly? Until { get; set; }

    public bool IsConfirmed { get; set; }

    public IReadOnlyList<Role> Roles => [.. Role.Distinct().Select(RoleCatalogue.Find).OfType<Role>()];

    public RoleDifference DifferenceFor(Membership member) => Revoke
        ? RoleDifference.Without(member, Roles)
        : RoleDifference.Adding(member, Wanted);

    public IReadOnlyList<WantedRole> Wanted =>
        [.. Roles.Select(role => new WantedRole(role, role.ByLocation ? Location : null, LastDay.EndOf(Until)))];
}
