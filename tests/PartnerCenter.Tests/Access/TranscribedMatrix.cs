namespace PartnerCenter.Tests.Access;

/// <summary>
/// Which role reaches how far in which workspace, written down a second time on purpose: whoever changes who may do what changes it
/// twice. Nothing here may ask the product.
/// </summary>
internal static class TranscribedMatrix
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

    private static readonly Dictionary<string, string> Columns = new()
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

    /// <summary>The keys of the workspaces, in the order of the columns.</summary>
    public static IReadOnlyList<string> Workspaces { get; } = [.. Cells(Matrix.Split('\n')[0]).Skip(1).Select(column => Columns[column])];

    /// <summary>The letters of each role, one for each workspace.</summary>
    public static IReadOnlyDictionary<string, string[]> Rows { get; } =
        Matrix.Split('\n').Skip(1).Select(Cells).ToDictionary(cells => cells[0], cells => cells[1..]);

    /// <summary>Whether the matrix gives the role anything in the workspace.</summary>
    public static bool Opens(string role, string workspace) => Rows[role][Workspaces.ToList().IndexOf(workspace)] != "-";

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
