using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Access;

public sealed class AccessTableTests
{
    public static TheoryData<string> Roles => [.. TranscribedMatrix.Rows.Keys];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_reaches_as_far_as_the_matrix_says(string role)
    {
        var letters = TranscribedMatrix.Workspaces.Select(workspace => LetterOf(AccessTable.LevelOf(RoleCatalogue.Find(role)!, workspace)));

        Assert.Equal(string.Join(' ', TranscribedMatrix.Rows[role]), string.Join(' ', letters));
    }

    [Fact]
    public void The_matrix_has_every_role_and_every_workspace()
    {
        Assert.Equal(WorkspaceCatalogue.BuiltIn.All.Select(workspace => workspace.Key), TranscribedMatrix.Workspaces);
        Assert.Equal(RoleCatalogue.All.Select(role => role.Key).Order(), TranscribedMatrix.Rows.Keys.Order());
    }

    [Fact]
    public void Every_permission_has_a_row_in_a_workspace_that_exists() =>
        Assert.All(
            Enum.GetValues<Permission>(),
            permission => Assert.NotNull(WorkspaceCatalogue.BuiltIn.Find(AccessTable.WorkspaceOf(permission))));

    [Fact]
    public void Every_permission_lies_in_exactly_one_workspace()
    {
        var permissions = WorkspaceCatalogue.BuiltIn.All.SelectMany(workspace => AccessTable.PermissionsIn(workspace.Key));

        Assert.Equal(Enum.GetValues<Permission>(), permissions.Order());
    }

    [Theory]
    [InlineData(Permission.ViewOwnAccess)]
    [InlineData(Permission.ViewAdministrators)]
    [InlineData(Permission.UseActionCenter)]
    [InlineData(Permission.UseSupport)]
    public void What_every_member_may_do_needs_no_role(Permission permission)
    {
        Assert.True(AccessTable.Allows(permission, []));
        Assert.Empty(AccessTable.RolesWith(permission));
    }

    // What the sources reserve; the matrix is too coarse to tell.
    [Theory]
    [InlineData(Permission.ManageOrganizationProfile, "global_admin")]
    [InlineData(Permission.ViewSentMail, "global_admin")]
    [InlineData(Permission.ManageUsers, "global_admin user_management_admin")]
    [InlineData(Permission.AssignRoles, "account_admin global_admin manager owner security_administrator user_management_admin")]
    [InlineData(Permission.ViewMemberRoles, "account_admin global_admin manager owner partner_program_admin security_administrator user_management_admin")]
    [InlineData(Permission.ViewCoverage, "account_admin global_admin manager owner partner_program_admin security_administrator user_management_admin")]
    [InlineData(Permission.ManagePublisherAccount, "owner")]
    [InlineData(Permission.ManageTaxProfile, "financial_contributor global_admin incentives_admin owner")]
    [InlineData(Permission.ManageIncentives, "incentives_admin")]
    [InlineData(Permission.WorkOnClaims, "incentives_admin incentives_user")]
    [InlineData(Permission.ViewSensitiveReports, "executive_report_viewer")]
    [InlineData(Permission.AssignReportViewers, "account_admin global_admin")]
    [InlineData(Permission.HandleSecurityAlerts, "security_administrator")]
    [InlineData(Permission.ManageReferrals, "referrals_admin")]
    [InlineData(Permission.ManageBilling, "billing_admin global_admin")]
    [InlineData(Permission.ManageSupportRequests, "global_admin support_admin")]
    public void What_is_reserved_stays_reserved(Permission permission, string roles)
    {
        var allowed = RoleCatalogue.All.Where(role => AccessTable.Allows(permission, [role.Key])).Select(role => role.Key);

        Assert.Equal(roles.Split(' '), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whoever_may_grant_anything_has_the_pages_for_it() =>
        Assert.Equal(
            RoleCatalogue.All.Where(granter => RoleCatalogue.All.Any(role => GrantTable.MayGrant(granter, role))),
            RoleCatalogue.All.Where(role => AccessTable.Allows(Permission.AssignRoles, [role.Key])));

    [Fact]
    public void Several_roles_add_up()
    {
        string[] roles = ["billing_admin", "referrals_user"];

        Assert.True(AccessTable.Allows(Permission.ManageBilling, roles));
        Assert.True(AccessTable.Allows(Permission.WorkOnOwnReferrals, roles));
        Assert.False(AccessTable.Allows(Permission.ManageReferrals, roles));
    }

    [Fact]
    public void A_role_that_nobody_knows_allows_nothing_of_its_own()
    {
        var allowed = Enum.GetValues<Permission>().Where(permission => AccessTable.Allows(permission, ["sultan", "GLOBAL_ADMIN"]));

        Assert.Equal([Permission.ViewOwnAccess, Permission.ViewAdministrators, Permission.UseActionCenter, Permission.UseSupport], allowed);
    }

    [Fact]
    public void A_workspace_is_open_to_a_role_that_has_any_access_there() =>
        Assert.All(
            from role in RoleCatalogue.All
            from workspace in WorkspaceCatalogue.BuiltIn.All
            select (role, workspace),
            pair => Assert.Equal(
                AccessTable.LevelOf(pair.role, pair.workspace.Key) != AccessLevel.None,
                AccessTable.Opens(pair.workspace, [pair.role.Key])));

    [Fact]
    public void The_roles_that_open_a_workspace_are_told_without_what_every_member_has()
    {
        var pricing = AccessTable.RolesThatOpen(Workspace("pricing")).Select(role => role.Key);
        var support = AccessTable.RolesThatOpen(Workspace("help-support")).Select(role => role.Key);

        Assert.Equal(
            ["global_admin", "user_management_admin", "billing_admin", "admin_agent", "sales_agent", "partner_program_admin", "business_contributor"],
            pricing);
        Assert.Equal(["global_admin", "support_admin"], support);
    }

    [Fact]
    public void A_workspace_that_the_operator_added_is_open_to_the_roles_that_it_names()
    {
        var hardware = new Workspace("hardware", "grid", []) { OpenedBy = ["developer", "owner"] };

        Assert.True(AccessTable.Opens(hardware, ["developer"]));
        Assert.False(AccessTable.Opens(hardware, ["global_admin"]));
        Assert.False(AccessTable.Opens(hardware, []));
        Assert.Equal([RoleCatalogue.Owner, RoleCatalogue.Developer], AccessTable.RolesThatOpen(hardware));
    }

    private static Workspace Workspace(string key) => WorkspaceCatalogue.BuiltIn.Find(key)!;

    private static char LetterOf(AccessLevel level) => level switch
    {
        AccessLevel.None => '-',
        AccessLevel.Own => 'S',
        AccessLevel.View => 'V',
        AccessLevel.Act => 'E',
        AccessLevel.Manage => 'M',
        _ => '?',
    };
}
