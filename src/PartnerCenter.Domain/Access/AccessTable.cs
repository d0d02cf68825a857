using PartnerCenter.Domain.Workspaces;
using static PartnerCenter.Domain.Access.AccessLevel;
using static PartnerCenter.Domain.Access.Permission;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// The table of who may do what: one row per permission with its workspace, how far it reaches and the roles that have it. Pages,
/// navigation, tiles, search and My access all ask it. A row without roles is for every member.
/// </summary>
public static class AccessTable
{
    private static readonly Dictionary<Permission, Row> Table = new()
    {
        [ViewOwnAccess] = ForEveryone(WorkspaceCatalogue.AccountSettings, Own),
        [ViewAdministrators] = ForEveryone(WorkspaceCatalogue.AccountSettings, Own),
        [ViewOrganizationProfile] = new(WorkspaceCatalogue.AccountSettings, View, [GlobalAdmin, AccountAdmin, UserManagementAdmin, PartnerProgramAdmin]),
        [ManageOrganizationProfile] = new(WorkspaceCatalogue.AccountSettings, Manage, [GlobalAdmin]),
        [ManagePrograms] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, AccountAdmin]),
        [ManageLocations] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, AccountAdmin]),
        [ManageUsers] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, UserManagementAdmin]),
        [AssignRoles] = new(
            WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, AccountAdmin, UserManagementAdmin, SecurityAdministrator, Owner, Manager]),
        [ViewMemberRoles] = new(
            WorkspaceCatalogue.AccountSettings,
            View,
            [GlobalAdmin, AccountAdmin, UserManagementAdmin, PartnerProgramAdmin, SecurityAdministrator, Owner, Manager]),
        [ViewCoverage] = new(
            WorkspaceCatalogue.AccountSettings,
            View,
            [GlobalAdmin, AccountAdmin, UserManagementAdmin, PartnerProgramAdmin, SecurityAdministrator, Owner, Manager]),
        [ManageBillingProfile] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, BillingAdmin]),
        [ManageLegalProfile] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, ComplianceAdmin]),
        [ManageTaxProfile] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, IncentivesAdmin, Owner, FinancialContributor]),
        [ManagePublisherUsers] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, Owner, Manager]),
        [ManagePublisherAccount] = new(WorkspaceCatalogue.AccountSettings, Manage, [Owner]),
        [ManageDevices] = new(WorkspaceCatalogue.AccountSettings, Act, [GlobalAdmin, AdminAgent, SalesAgent]),
        [ViewActivityLog] = new(WorkspaceCatalogue.AccountSettings, View, [GlobalAdmin, AccountAdmin, AdminAgent]),
        [ViewSecurityRequirements] = new(WorkspaceCatalogue.AccountSettings, View, [GlobalAdmin, SecurityAdministrator]),

        [UseActionCenter] = ForEveryone(WorkspaceCatalogue.ActionCenter, Own),
        [ViewSentMail] = new(WorkspaceCatalogue.ActionCenter, Manage, [GlobalAdmin]),

        [ViewTechnicalBenefits] = new(WorkspaceCatalogue.Benefits, View, [GlobalAdmin, PartnerProgramAdmin, AdminAgent]),
        [ManageBenefits] = new(WorkspaceCatalogue.Benefits, Manage, [GlobalAdmin, PartnerProgramAdmin]),

        [ViewBilling] = new(WorkspaceCatalogue.Billing, View, [GlobalAdmin, BillingAdmin, AdminAgent, SalesAgent]),
        [ResolveCustomerBilling] = new(WorkspaceCatalogue.Billing, Act, [GlobalAdmin, BillingAdmin, HelpdeskAgent]),
        [ManageBilling] = new(WorkspaceCatalogue.Billing, Manage, [GlobalAdmin, BillingAdmin]),

        [ViewCustomerNames] = new(WorkspaceCatalogue.Customers, View, [GlobalAdmin, AdminAgent, ReferralsAdmin, IncentivesAdmin]),
        [ViewCustomers] = new(
            WorkspaceCatalogue.Customers,
            View,
            [GlobalAdmin, AdminAgent, UserManagementAdmin, BillingAdmin, SalesAgent, HelpdeskAgent, SecurityAdministrator, SecurityReader]),
        [AddCustomers] = new(WorkspaceCatalogue.Customers, Act, [GlobalAdmin, AdminAgent, UserManagementAdmin, SalesAgent]),
        [EditCustomers] = new(WorkspaceCatalogue.Customers, Act, [GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent]),
        [ManageCustomers] = new(WorkspaceCatalogue.Customers, Manage, [GlobalAdmin, AdminAgent]),

        [ViewIncentives] = new(
            WorkspaceCatalogue.Incentives, View, [GlobalAdmin, AccountAdmin, PartnerProgramAdmin, IncentivesAdmin, IncentivesUser]),
        [WorkOnClaims] = new(WorkspaceCatalogue.Incentives, Act, [IncentivesAdmin, IncentivesUser]),
        [ManageIncentives] = new(WorkspaceCatalogue.Incentives, Manage, [IncentivesAdmin]),

        [ViewReports] = new(
            WorkspaceCatalogue.Insights,
            View,
            [GlobalAdmin, AccountAdmin, AdminAgent, PartnerProgramAdmin, IncentivesAdmin, ExecutiveReportViewer, ReportViewer]),
        [ViewReferralReports] = new(WorkspaceCatalogue.Insights, View, [ReferralsAdmin]),
        [ViewOfferReports] = new(
            WorkspaceCatalogue.Insights, View, [Owner, Manager, Developer, BusinessContributor, FinancialContributor, Marketer]),
        [ViewSensitiveReports] = new(WorkspaceCatalogue.Insights, View, [ExecutiveReportViewer]),
        [AssignReportViewers] = new(WorkspaceCatalogue.Insights, View, [GlobalAdmin, AccountAdmin]),
        [ViewSecurityAlerts] = new(WorkspaceCatalogue.Insights, View, [SecurityAdministrator, SecurityReader]),
        [HandleSecurityAlerts] = new(WorkspaceCatalogue.Insights, Act, [SecurityAdministrator]),

        [ViewMembership] = new(
            WorkspaceCatalogue.Membership, View, [GlobalAdmin, UserManagementAdmin, AdminAgent, PartnerProgramAdmin]),
        [ViewMembershipInvoices] = new(WorkspaceCatalogue.Membership, View, [GlobalAdmin, BillingAdmin, PartnerProgramAdmin]),
        [ManageMembership] = new(WorkspaceCatalogue.Membership, Manage, [GlobalAdmin, PartnerProgramAdmin]),

        [ViewOffers] = new(
            WorkspaceCatalogue.MarketplaceOffers, View, [Owner, Manager, Developer, BusinessContributor, Marketer, CosellSolutionAdmin]),
        [EditOffers] = new(WorkspaceCatalogue.MarketplaceOffers, Act, [Owner, Manager, Developer]),
        [SetOfferPrices] = new(WorkspaceCatalogue.MarketplaceOffers, Act, [Owner, Manager, BusinessContributor]),
        [AnswerReviews] = new(WorkspaceCatalogue.MarketplaceOffers, Act, [Owner, Manager, Marketer]),
        [ManageOffers] = new(WorkspaceCatalogue.MarketplaceOffers, Manage, [Owner, Manager]),

        [WorkOnOwnReferrals] = new(WorkspaceCatalogue.Referrals, Own, [ReferralsAdmin, ReferralsUser]),
        [HandleCustomerLeads] = new(WorkspaceCatalogue.Referrals, Act, [ReferralsAdmin, BusinessProfileAdmin, SalesAgent]),
        [ManageBusinessProfiles] = new(WorkspaceCatalogue.Referrals, Act, [ReferralsAdmin, BusinessProfileAdmin]),
        [ManageCosellSolutions] = new(WorkspaceCatalogue.Referrals, Act, [CosellSolutionAdmin]),
        [ManageReferrals] = new(WorkspaceCatalogue.Referrals, Manage, [ReferralsAdmin]),

        [ViewPayouts] = new(
            WorkspaceCatalogue.Payouts, View, [GlobalAdmin, AccountAdmin, IncentivesAdmin, IncentivesUser, Owner, FinancialContributor]),
        [EditPayoutProfiles] = new(WorkspaceCatalogue.Payouts, Act, [AccountAdmin, IncentivesAdmin, Owner, FinancialContributor]),
        [ManagePayouts] = new(WorkspaceCatalogue.Payouts, Manage, [IncentivesAdmin, Owner, FinancialContributor]),

        [ViewPricing] = new(
            WorkspaceCatalogue.Pricing,
            View,
            [GlobalAdmin, UserManagementAdmin, BillingAdmin, AdminAgent, SalesAgent, PartnerProgramAdmin, BusinessContributor]),

        [UseSupport] = ForEveryone(WorkspaceCatalogue.HelpSupport, Own),
        [ManageSupportRequests] = new(WorkspaceCatalogue.HelpSupport, Manage, [GlobalAdmin, SupportAdmin]),
    };

    /// <summary>Whether somebody with these roles may do <paramref name="permission"/>.</summary>
    public static bool Allows(Permission permission, IReadOnlyCollection<string> roles)
    {
        var row = Table[permission];
        return row.ForEveryMember || row.Roles.Any(role => roles.Contains(role.Key));
    }

    /// <summary>Whether these roles open the workspace: one permission in it is enough.</summary>
    public static bool Opens(Workspace workspace, IReadOnlyCollection<string> roles) =>
        workspace.OpenedBy.Any(roles.Contains) || PermissionsIn(workspace.Key).Any(permission => Allows(permission, roles));

    /// <summary>How far a role reaches in a workspace.</summary>
    public static AccessLevel LevelOf(Role role, string workspace) =>
        PermissionsIn(workspace)
            .Where(permission => Allows(permission, [role.Key]))
            .Select(permission => Table[permission].Level)
            .DefaultIfEmpty(None)
            .Max();

    /// <summary>How far a role reaches in a workspace. One that the operator added has no permissions of its own: whom it opens to looks.</summary>
    public static AccessLevel LevelOf(Role role, Workspace workspace) =>
        workspace.OpenedBy.Contains(role.Key) && LevelOf(role, workspace.Key) < View ? View : LevelOf(role, workspace.Key);

    /// <summary>The permissions that lie in a workspace, in the order of the table.</summary>
    public static IEnumerable<Permission> PermissionsIn(string workspace) =>
        Table.Where(row => row.Value.Workspace == workspace).Select(row => row.Key);

    /// <summary>The workspace that a permission lies in.</summary>
    public static string WorkspaceOf(Permission permission) => Table[permission].Workspace;

    /// <summary>The roles that have a permission; empty when every member has it.</summary>
    public static IReadOnlyList<Role> RolesWith(Permission permission) => Table[permission].Roles;

    /// <summary>Whether every member has a permission without holding any role.</summary>
    public static bool IsForEveryMember(Permission permission) => Table[permission].ForEveryMember;

    /// <summary>The roles that open a workspace beyond what every member may do there.</summary>
    public static IReadOnlyList<Role> RolesThatOpen(Workspace workspace) =>
        [.. RoleCatalogue.All.Where(role =>
            workspace.OpenedBy.Contains(role.Key)
            || PermissionsIn(workspace.Key).Any(permission => Table[permission].Roles.Contains(role)))];

    private static Row ForEveryone(string workspace, AccessLevel level) => new(workspace, level, []);

    private sealed record Row(string Workspace, AccessLevel Level, IReadOnlyList<Role> Roles)
    {
        public bool ForEveryMember => Roles.Count == 0;
    }
}
