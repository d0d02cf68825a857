using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Domain.Access;

/// <summary>Who may grant and revoke what: one row per role that may grant anything at all.</summary>
public static class GrantTable
{
    private static readonly Dictionary<Role, Row> Rows = new()
    {
        // Above a Global admin there is nobody who could be asked; what they take for themselves is in the activity log.
        [GlobalAdmin] = new(role => role.Family is not RoleFamily.Everyone, ToSelf: true),
        [AccountAdmin] = new(role => role.Family is RoleFamily.CustomerService or RoleFamily.Program or RoleFamily.Publisher && role != ComplianceAdmin),
        [UserManagementAdmin] = new(role => role.Family is RoleFamily.CustomerService || role == BillingAdmin || role == UserManagementAdmin),
        [SecurityAdministrator] = new(role => role == SecurityReader),
        [Owner] = new(role => role.Family is RoleFamily.Publisher),
        [Manager] = new(role => role.Family is RoleFamily.Publisher && role != Owner),
    };

    /// <summary>The types of administrators: the roles that may grant anything at all, in the order of the catalogue.</summary>
    public static IReadOnlyList<Role> Administrators { get; } = [.. All.Where(Rows.ContainsKey)];

    /// <summary>Whether somebody who has <paramref name="granter"/> may grant <paramref name="role"/> to others.</summary>
    public static bool MayGrant(Role granter, Role role) => Rows.TryGetValue(granter, out var row) && row.Grants(role);

    /// <summary>Whether somebody who has <paramref name="granter"/> may take for themselves what they may grant.</summary>
    public static bool MayTake(Role granter) => Rows.TryGetValue(granter, out var row) && row.ToSelf;

    /// <summary>The roles whose holders may grant <paramref name="role"/>, in the order of the catalogue.</summary>
    public static IEnumerable<Role> GrantersOf(Role role) => All.Where(granter => MayGrant(granter, role));

    private sealed record Row(Func<Role, bool> Grants, bool ToSelf = false);
}
