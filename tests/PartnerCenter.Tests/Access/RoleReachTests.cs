using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Access;

public sealed class RoleReachTests
{
    private static readonly IReadOnlyList<Workspace> BuiltIn = WorkspaceCatalogue.BuiltIn.All;

    [Fact]
    public void It_lists_what_a_role_gives_beyond_what_every_member_has()
    {
        var reaches = RoleReach.Of(RoleCatalogue.SupportAdmin, BuiltIn);

        var reach = Assert.Single(reaches);
        Assert.Equal((WorkspaceCatalogue.HelpSupport, AccessLevel.Manage), (reach.Workspace.Key, reach.Level));
        Assert.Equal([Permission.ManageSupportRequests], reach.Permissions);
    }

    [Fact]
    public void A_role_without_a_row_in_the_access_table_gives_nothing() => Assert.Empty(RoleReach.Of(RoleCatalogue.CpvAdmin, BuiltIn));

    [Fact]
    public void A_workspace_that_the_operator_added_is_looked_at()
    {
        var added = new Workspace("hardware", "grid", []) { OpenedBy = ["cpv_admin"] };

        var reach = Assert.Single(RoleReach.Of(RoleCatalogue.CpvAdmin, [.. BuiltIn, added]));

        Assert.Equal((added, AccessLevel.View), (reach.Workspace, reach.Level));
        Assert.Empty(reach.Permissions);
    }

    [Fact]
    public void Only_a_workspace_that_is_closed_so_far_is_gained()
    {
        var gained = RoleReach.Gained(RoleCatalogue.BillingAdmin, ["sales_agent"], BuiltIn);

        // A sales agent opens billing, customers and pricing already.
        Assert.Equal(["membership"], gained.Select(workspace => workspace.Key));
    }

    [Fact]
    public void The_role_that_gives_least_comes_first() => Assert.Equal(
        [RoleCatalogue.SupportAdmin, RoleCatalogue.BillingAdmin, RoleCatalogue.GlobalAdmin],
        RoleReach.LeastFirst([RoleCatalogue.GlobalAdmin, RoleCatalogue.BillingAdmin, RoleCatalogue.SupportAdmin], BuiltIn));

    [Fact]
    public void For_every_role_the_level_is_that_of_its_highest_permission_there()
    {
        foreach (var role in RoleCatalogue.All)
        {
            foreach (var reach in RoleReach.Of(role, BuiltIn))
            {
                Assert.NotEmpty(reach.Permissions);
                Assert.NotEqual(AccessLevel.None, reach.Level);
                Assert.Equal(AccessTable.LevelOf(role, reach.Workspace.Key), reach.Level);
            }
        }
    }
}
