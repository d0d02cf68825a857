using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Data.Demo;

/// <summary>Somebody whom the demo lets you sign in as.</summary>
/// <param name="Key">What the sign-in form sends.</param>
/// <param name="Name">The name.</param>
/// <param name="Language">The language of pages and mails.</param>
/// <param name="Places">What this person is in which organization; empty for the operator of the program.</param>
public sealed record DemoPerson(string Key, string Name, string Language, IReadOnlyList<DemoPlace> Places)
{
    public string SignInAddress => $"{Key}@demo.example";

    public bool IsOperator => Places.Count == 0;
}

/// <summary>What a demo person is in one organization.</summary>
public sealed record DemoPlace(string Organization, string JobTitle, params Role[] Roles)
{
    public bool AsGuest { get; init; }
}

/// <summary>The cast of the demo: between them they have every role.</summary>
public static class DemoPeople
{
    public const string Alpine = "alpine-cloud";
    public const string Lowland = "lowland-digital";
    public const string Harbor = "harbor-apps";

    /// <summary>The directory that Lowland Digital would have at Entra ID. The demo signs nobody in there.</summary>
    public static readonly Guid LowlandTenant = Guid.Parse("7d0f3a52-4c1e-4b8a-9a53-0c6f6a1d2e10");

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("global-admin", "Anna Winter", Languages.English, [new(Alpine, "Managing director", GlobalAdmin)]),
        new("billing-admin", "Ben Keller", Languages.English, [new(Alpine, "Head of finance", BillingAdmin)]),
        new("agent", "Carla Moser", Languages.English, [new(Alpine, "Customer success lead", AdminAgent, SalesAgent)]),
        new("helpdesk", "Dario Frei", Languages.English, [new(Alpine, "Service desk", HelpdeskAgent, SupportAdmin)]),
        new(
            "program-admin",
            "Elena Roth",
            Languages.English,
            [new(Alpine, "Alliance manager", PartnerProgramAdmin, ComplianceAdmin, SecurityAdministrator)]),
        new("referrals", "Femi Adeyemi", Languages.English, [new(Alpine, "Co-sell manager", ReferralsAdmin, ReferralsUser, ReportViewer)]),
        new("guest", "Gita Rao", Languages.English, [new(Alpine, "Agency consultant", BusinessProfileAdmin) { AsGuest = true }]),
        new("newcomer", "Noa Lind", Languages.English, [new(Alpine, "Trainee")]),
        new("dutch-admin", "Sanne de Vries", Languages.Dutch, [new(Lowland, "Directeur", GlobalAdmin, AccountAdmin)]),
        new(
            "incentives",
            "Pieter Bakker",
            Languages.Dutch,
            [new(Lowland, "Programmamanager", IncentivesAdmin, ExecutiveReportViewer, SecurityReader)]),
        new(
            "two-directories",
            "Mila Jansen",
            Languages.English,
            [new(Lowland, "People lead", UserManagementAdmin), new(Alpine, "Interim account manager", AccountAdmin, IncentivesUser)]),
        new("publisher", "Omar Haddad", Languages.English, [new(Harbor, "Founder", GlobalAdmin, Owner, FinancialContributor)]),
        new("developer", "Priya Nair", Languages.English, [new(Harbor, "Lead developer", Developer, Manager, CpvAdmin)]),
        new("marketer", "Quinn Baker", Languages.English, [new(Harbor, "Marketing", Marketer, BusinessContributor, CosellSolutionAdmin)]),
        new("operator", "Olivia Stone", Languages.English, []),
    ];

    public static DemoPerson? Find(string? key) => All.FirstOrDefault(person => person.Key == key);
}
