namespace PartnerCenter.Domain.Access;

/// <summary>What a member may do. <see cref="AccessTable"/> says in which workspace it lies and which roles have it.</summary>
public enum Permission
{
    // Account settings
    ViewOwnAccess,
    ViewAdministrators,
    ViewOrganizationProfile,
    ManageOrganizationProfile,
    ManagePrograms,
    ManageLocations,
    ManageUsers,
    AssignRoles,
    ViewMemberRoles,
    ViewCoverage,
    ManageBillingProfile,
    ManageLegalProfile,
    ManageTaxProfile,
    ManagePublisherUsers,
    ManagePublisherAccount,
    ManageDevices,
    ViewActivityLog,
    ViewSecurityRequirements,

    // Action Center
    UseActionCenter,
    ViewSentMail,

    // Benefits
    ViewTechnicalBenefits,
    ManageBenefits,

    // Billing
    ViewBilling,
    ResolveCustomerBilling,
    ManageBilling,

    // Customers
    ViewCustomerNames,
    ViewCustomers,
    AddCustomers,
    EditCustomers,
    ManageCustomers,

    // Incentives
    ViewIncentives,
    WorkOnClaims,
    ManageIncentives,

    // Insights
    ViewReports,
    ViewReferralReports,
    ViewOfferReports,
    ViewSensitiveReports,
    AssignReportViewers,
    ViewSecurityAlerts,
    HandleSecurityAlerts,

    // Membership
    ViewMembership,
    ViewMembershipInvoices,
    ManageMembership,

    // Marketplace offers
    ViewOffers,
    EditOffers,
    SetOfferPrices,
    AnswerReviews,
    ManageOffers,

    // Referrals
    WorkOnOwnReferrals,
    HandleCustomerLeads,
    ManageBusinessProfiles,
    ManageCosellSolutions,
    ManageReferrals,

    // Payouts
    ViewPayouts,
    EditPayoutProfiles,
    ManagePayouts,

    // Pricing
    ViewPricing,

    // Help + support
    UseSupport,
    ManageSupportRequests,
}

/// <summary>How far a permission reaches, from least to most; a role's level in a workspace is its highest one there.</summary>
public enum AccessLevel
{
    None,

    /// <summary>One's own items, or those of a team or location that one belongs to.</summary>
    Own,

    /// <summary>Looking, without changing anything.</summary>
    View,

    /// <summary>Acting in a part of the workspace.</summary>
    Act,

    /// <summary>Everything in the workspace.</summary>
    Manage,
}
