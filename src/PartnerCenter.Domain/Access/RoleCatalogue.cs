namespace PartnerCenter.Domain.Access;

/// <summary>All roles there are. What they may do stands in <see cref="AccessTable"/>, who may grant them in <see cref="GrantTable"/>.</summary>
public static class RoleCatalogue
{
    public static readonly Role GlobalAdmin = new("global_admin", RoleFamily.Directory, ForGuests: false);
    public static readonly Role UserManagementAdmin = new("user_management_admin", RoleFamily.Directory);
    public static readonly Role BillingAdmin = new("billing_admin", RoleFamily.Directory);

    public static readonly Role AdminAgent = new("admin_agent", RoleFamily.CustomerService);
    public static readonly Role SalesAgent = new("sales_agent", RoleFamily.CustomerService);
    public static readonly Role HelpdeskAgent = new("helpdesk_agent", RoleFamily.CustomerService);

    public static readonly Role AccountAdmin = new("account_admin", RoleFamily.Program);
    public static readonly Role PartnerProgramAdmin = new("partner_program_admin", RoleFamily.Program);
    public static readonly Role ComplianceAdmin = new("compliance_admin", RoleFamily.Program);
    public static readonly Role BusinessProfileAdmin = new("business_profile_admin", RoleFamily.Program);
    public static readonly Role ReferralsAdmin = new("referrals_admin", RoleFamily.Program, ByLocation: true);
    public static readonly Role ReferralsUser = new("referrals_user", RoleFamily.Program, ByLocation: true);
    public static readonly Role CosellSolutionAdmin = new("cosell_solution_admin", RoleFamily.Program);
    public static readonly Role IncentivesAdmin = new("incentives_admin", RoleFamily.Program, ByLocation: true);
    public static readonly Role IncentivesUser = new("incentives_user", RoleFamily.Program, ByLocation: true);
    public static readonly Role ExecutiveReportViewer = new("executive_report_viewer", RoleFamily.Program, ByLocation: true);
    public static readonly Role ReportViewer = new("report_viewer", RoleFamily.Program, ByLocation: true);
    public static readonly Role SecurityAdministrator = new("security_administrator", RoleFamily.Program);
    public static readonly Role SecurityReader = new("security_reader", RoleFamily.Program);
    public static readonly Role SupportAdmin = new("support_admin", RoleFamily.Program);
    public static readonly Role CpvAdmin = new("cpv_admin", RoleFamily.Program);

    public static readonly Role Owner = new("owner", RoleFamily.Publisher);
    public static readonly Role Manager = new("manager", RoleFamily.Publisher);
    public static readonly Role Developer = new("developer", RoleFamily.Publisher);
    public static readonly Role BusinessContributor = new("business_contributor", RoleFamily.Publisher);
    public static readonly Role FinancialContributor = new("financial_contributor", RoleFamily.Publisher);
    public static readonly Role Marketer = new("marketer", RoleFamily.Publisher);

    /// <summary>Every member of an organization has it; nobody grants it and nobody loses it.</summary>
    public static readonly Role DefaultUser = new("default_user", RoleFamily.Everyone);

    public static IReadOnlyList<Role> All { get; } =
    [
        GlobalAdmin, UserManagementAdmin, BillingAdmin,
        AdminAgent, SalesAgent, HelpdeskAgent,
        AccountAdmin, PartnerProgramAdmin, ComplianceAdmin, BusinessProfileAdmin, ReferralsAdmin, ReferralsUser, CosellSolutionAdmin,
        IncentivesAdmin, IncentivesUser, ExecutiveReportViewer, ReportViewer, SecurityAdministrator, SecurityReader, SupportAdmin,
        CpvAdmin,
        Owner, Manager, Developer, BusinessContributor, FinancialContributor, Marketer,
        DefaultUser,
    ];

    private static readonly Dictionary<string, Role> ByKey = All.ToDictionary(role => role.Key);

    /// <returns>The role with that key, or null if there is none.</returns>
    public static Role? Find(string key) => ByKey.GetValueOrDefault(key);
}
