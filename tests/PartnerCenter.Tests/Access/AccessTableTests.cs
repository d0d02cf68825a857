using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Access;

/// <summary>The matrix of domain.md 1.3, written down a second time on purpose: whoever changes who may do what changes it twice.</summary>
public sealed class AccessTableTests
{
    // M manages, E acts in part, V views, S own items only, - nothing. Every member has S in Account settings, Action Center and
    // Help + support. A security administrator's E in Account settings is the grant of Security reader. Where the sources disagree, a global admin views incentives and reports and acts after granting themself the role.
    private const string Matrix =
        """
        role                    AS AC BE BI CU IC IN ME MO RE PO PR HS
        global_admin             M  M  M  M  M  V  V  M  -  -  V  V  M
        user_management_admin    E  S  -  -  E  -  -  V  -  -  -  V  S
        billing_admin            E  S  -  M  V  -  -  V  -  -  -  V  S
        admin_agent              E  S  V  V  M  -  V  V  -  -  -  V  S
        sales_agent              E  S  -  V  E  -  -  -  -  E  -  V  S
        helpdesk_agent           S  S  -  E  E  -  -  -  -  -  -  -  S
        account_admin            E  S  -  -  -  V  V  -  -  -  E  -  S
        partner_program_admin    V  S  M  -  -  V  V  M  -  -  -  V  S
        compliance_admin         E  S  -  -  -  -  -  -  -  -  -  -  S
        business_profile_admin   S  S  -  -  -  -  -  -  -  E  -  -  S
        referrals_admin          S  S  -  -  V  -  V  -  -  M  -  -  S
        referrals_user           S  S  -  -  -  -  -  -  -  S  -  -  S
        cosell_solution_admin    S  S  -  -  -  -  -  -  V  E  -  -  S
        incentives_admin         E  S  -  -  V  M  V  -  -  -  M  -  S
        incentives_user          S  S  -  -  -  E  -  -  -  -  V  -  S
        executive_report_viewer  S  S  -  -  -  -  V  -  -  -  -  -  S
        report_viewer            S  S  -  -  -  -  V  -  -  -  -  -  S
        security_administrator   E  S  -  -  V  -  E  -  -  -  -  -  S
        security_reader          S  S  -  -  V  -  V  -  -  -  -  -  S
        support_admin            S  S  -  -  -  -  -  -  -  -  -  -  M
        cpv_admin                S  S  -  -  -  -  -  -  -  -  -  -  S
        owner                    M  S  -  -  -  -  V  -  M  -  M  -  S
        manager                  E  S  -  -  -  -  V  -  M  -  -  -  S
        developer                S  S  -  -  -  -  V  -  E  -  -  -  S
        business_contributor     S  S  -  -  -  -  V  -  E  -  -  V  S
        financial_contributor    E  S  -  -  -  -  V  -  -  -  M  -  S
        marketer                 S  S  -  -  -  -  V  -  E  -  -  -  S
        default_user             S  S  -  -  -  -  -  -  -  -  -  -  S
        """;

    private static readonly Dictionary<string, string> Workspaces = new()
    {
        ["AS"] = "account-settings",
        ["AC"] = "action-center",
        ["BE"] = "benefits",
        ["BI"] = "billing",
        ["CU"] = "customers",
        ["IC"] = "incentives",
        ["IN"] = "insights",
        ["ME"] = "membership",
        ["MO"] = "marketplace-offers",
        ["RE"] = "referrals",
        ["PO"] = "payouts",
        ["PR"] = "pricing",
        ["HS"] = "help-support",
    };

    public static TheoryData<string, string> RowsOfTheMatrix
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var line in Matrix.Split('\n').Skip(1))
            {
                var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                rows.Add(cells[0], string.Join(' ', cells.Skip(1)));
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(RowsOfTheMatrix))]
    public void A_role_reaches_as_far_as_the_matrix_says(string role, string row)
    {
        var columns = Workspaces.Values;

        var letters = columns.Select(workspace => LetterOf(AccessTable.LevelOf(RoleCatalogue.Find(role)!, workspace)));

        Assert.Equal(row, string.Join(' ', letters));
    }

    [Fact]
    public void The_matrix_has_every_role_and_every_workspace()
    {
        var header = Matrix.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1);

        Assert.Equal(Workspaces.Keys, header);
        Assert.Equal(WorkspaceCatalogue.BuiltIn.All.Select(workspace => workspace.Key), Workspaces.Values);
        Assert.Equal(RoleCatalogue.All.Select(role => role.Key).Order(), RowsOfTheMatrix.Select(row => (string)row[0]).Order());
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
