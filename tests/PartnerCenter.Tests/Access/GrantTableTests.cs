using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Access;

/// <summary>The table of domain.md 1.4, written down a second time on purpose.</summary>
public sealed class GrantTableTests
{
    private static readonly string[] DirectoryRoles = ["global_admin", "user_management_admin", "billing_admin"];

    private static readonly string[] Agents = ["admin_agent", "sales_agent", "helpdesk_agent"];

    private static readonly string[] PublisherRoles =
        ["owner", "manager", "developer", "business_contributor", "financial_contributor", "marketer"];

    private static readonly string[] OtherRoles =
    [
        "account_admin", "partner_program_admin", "business_profile_admin", "referrals_admin", "referrals_user", "cosell_solution_admin",
        "incentives_admin", "incentives_user", "executive_report_viewer", "report_viewer", "security_administrator", "security_reader",
        "support_admin", "cpv_admin",
    ];

    private static readonly Dictionary<string, string[]> MayGrant = new()
    {
        ["global_admin"] = [.. DirectoryRoles, .. Agents, .. OtherRoles, "compliance_admin", .. PublisherRoles],
        ["account_admin"] = [.. Agents, .. OtherRoles, .. PublisherRoles],
        ["user_management_admin"] = [.. Agents, "billing_admin", "user_management_admin"],
        ["security_administrator"] = ["security_reader"],
        ["owner"] = PublisherRoles,
        ["manager"] = [.. PublisherRoles.Except(["owner"])],
    };

    public static TheoryData<string> EveryRole => [.. RoleCatalogue.All.Select(role => role.Key)];

    [Theory]
    [MemberData(nameof(EveryRole))]
    public void A_role_grants_what_the_table_says_and_nothing_else(string granter)
    {
        var grants = RoleCatalogue.All.Where(role => GrantTable.MayGrant(RoleCatalogue.Find(granter)!, role)).Select(role => role.Key);

        Assert.Equal(MayGrant.GetValueOrDefault(granter, []).Order(), grants.Order());
    }

    [Fact]
    public void Only_a_global_admin_makes_global_admins_and_compliance_admins()
    {
        Assert.Equal([RoleCatalogue.GlobalAdmin], GrantTable.GrantersOf(RoleCatalogue.GlobalAdmin));
        Assert.Equal([RoleCatalogue.GlobalAdmin], GrantTable.GrantersOf(RoleCatalogue.ComplianceAdmin));
    }

    [Fact]
    public void Nobody_grants_what_every_member_has() => Assert.Empty(GrantTable.GrantersOf(RoleCatalogue.DefaultUser));

    [Fact]
    public void A_global_admin_grants_every_role_that_can_be_granted() =>
        Assert.All(
            RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone),
            role => Assert.Contains(RoleCatalogue.GlobalAdmin, GrantTable.GrantersOf(role)));

    [Fact]
    public void The_types_of_administrators_are_the_roles_that_grant_something() =>
        Assert.Equal(MayGrant.Keys.Order(), GrantTable.Administrators.Select(role => role.Key).Order());
}
