using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Access;

public sealed class RoleCatalogueTests
{
    /// <summary>The keys of domain.md 1.2: they are stored and published, so none may vanish or change.</summary>
    private static readonly string[] Keys =
    [
        "global_admin", "user_management_admin", "billing_admin",
        "admin_agent", "sales_agent", "helpdesk_agent",
        "account_admin", "partner_program_admin", "compliance_admin", "business_profile_admin",
        "referrals_admin", "referrals_user", "cosell_solution_admin", "incentives_admin", "incentives_user",
        "executive_report_viewer", "report_viewer", "security_administrator", "security_reader", "support_admin", "cpv_admin",
        "owner", "manager", "developer", "business_contributor", "financial_contributor", "marketer",
        "default_user",
    ];

    [Fact]
    public void It_has_every_role_once() => Assert.Equal(Keys, RoleCatalogue.All.Select(role => role.Key));

    [Fact]
    public void Every_role_that_is_declared_is_listed()
    {
        var declared = typeof(RoleCatalogue).GetFields().Where(field => field.FieldType == typeof(Role)).Select(field => (Role)field.GetValue(null)!);

        Assert.Equal(declared.Select(role => role.Key).Order(), RoleCatalogue.All.Select(role => role.Key).Order());
    }

    [Fact]
    public void A_key_can_stand_in_an_addressee_and_in_a_column() =>
        Assert.All(RoleCatalogue.All, role => Assert.Matches("^[a-z][a-z_]{3,40}$", role.Key));

    [Fact]
    public void A_role_is_found_by_its_key()
    {
        Assert.All(RoleCatalogue.All, role => Assert.Same(role, RoleCatalogue.Find(role.Key)));
        Assert.Null(RoleCatalogue.Find("Owner"));
        Assert.Null(RoleCatalogue.Find(""));
    }

    [Fact]
    public void Referrals_incentives_and_report_roles_can_be_limited_to_a_location()
    {
        string[] byLocation =
            ["referrals_admin", "referrals_user", "incentives_admin", "incentives_user", "executive_report_viewer", "report_viewer"];

        Assert.Equal(byLocation, RoleCatalogue.All.Where(role => role.ByLocation).Select(role => role.Key));
    }

    [Theory]
    [InlineData(RoleFamily.Directory, 3)]
    [InlineData(RoleFamily.CustomerService, 3)]
    [InlineData(RoleFamily.Program, 15)]
    [InlineData(RoleFamily.Publisher, 6)]
    [InlineData(RoleFamily.Everyone, 1)]
    public void A_family_has_its_roles(RoleFamily family, int count) =>
        Assert.Equal(count, RoleCatalogue.All.Count(role => role.Family == family));

    [Fact]
    public void Somebody_in_the_demo_has_each_role()
    {
        var held = DemoPeople.All.SelectMany(person => person.Places).SelectMany(place => place.Roles);

        Assert.Empty(RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone).Except(held));
    }
}
