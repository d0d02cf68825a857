using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Domain.Access;

/// <summary>Who may grant and revoke what: one row per role that may grant anything at all.</summary>
public static class GrantTable
{
    private static readonly Dictionary<Role, Func<Role, bool>> Rows = new()
    {
        [GlobalAdmin] = role => role.Family is not RoleFamily.Everyone,
        [AccountAdmin] = role => role.Family is RoleFamily.CustomerService or RoleFamily.Program or RoleFamily.Publisher && role != ComplianceAdmin,
        [UserManagementAdmin] = role => role.Family is RoleFamily.CustomerService || role == BillingAdmin || role == UserManagementAdmin,
        [SecurityAdministrator] = role => role == SecurityReader,
        [Owner] = role => role.Family is RoleFamily.Publisher,
        [Manager] = role => role.Family is RoleFamily.Publisher && role != Owner,
    };

    /// <summary>Whether somebody who has <paramref name="granter"/> may grant <paramref name="role"/>.</summary>
    public static bool MayGrant(Role granter, Role role) => Rows.TryGetValue(granter, out var grants) && grants(role);

    /// <summary>The roles whose holders may grant <paramref name="role"/>, in the order of the catalogue.</summary>
    public static IEnumerable<Role> GrantersOf(Role role) => All.Where(granter => MayGrant(granter, role));
}
