using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using static PartnerCenter.Data.Demo.DemoPeople;

namespace PartnerCenter.Data.Demo;

/// <summary>What the demo's program has told its partners so far.</summary>
internal static class DemoCommunications
{
    public const string Publisher = "Demo program";

    // The age is in days: an old one with a short term is overdue.
    public static IReadOnlyList<(int Age, CommunicationDraft Draft)> All { get; } =
    [
        (40, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.AccountSettings,
            Kind = Key(CommunicationKind.MandatoryAction),
            Roles = [RoleCatalogue.GlobalAdmin.Key, RoleCatalogue.ComplianceAdmin.Key],
            DueInDays = 38,
            Link = "https://work.example.com/verification",
            Content = Texts(
                "Confirm who owns your organization",
                "We need the name and address of everyone who owns **25 percent or more** of your organization.\n\nUntil this is on file, new orders wait.",
                "Bevestig wie eigenaar is van uw organisatie",
                "Wij hebben naam en adres nodig van iedereen die **25 procent of meer** van uw organisatie bezit.\n\nTot dit bekend is, wachten nieuwe bestellingen."),
        }),
        (6, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Billing,
            Kind = Key(CommunicationKind.MandatoryAction),
            Roles = [RoleCatalogue.BillingAdmin.Key, RoleCatalogue.GlobalAdmin.Key],
            Organizations = [Alpine, Lowland],
            DueInDays = 9,
            Link = "https://work.example.com/billing/tax",
            Content = Texts(
                "Review the tax number on your invoices",
                "The tax number we print on your invoices was not found in the public register.\n\n1. Compare it with your certificate.\n2. Correct it, or upload the certificate.\n\nInvoices from next month on need a valid number.",
                "Controleer het btw-nummer op uw facturen",
                "Het btw-nummer op uw facturen staat niet in het openbare register.\n\n1. Vergelijk het met uw bewijs van registratie.\n2. Verbeter het of upload het bewijs.\n\nVanaf volgende maand is een geldig nummer nodig."),
        }),
        (2, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Customers,
            Kind = Key(CommunicationKind.MandatoryAction),
            Roles = [RoleCatalogue.AdminAgent.Key, RoleCatalogue.SecurityAdministrator.Key],
            Organizations = [Alpine],
            DueInDays = 14,
            Completion = "person",
            Content = Texts(
                "Turn on a second factor for your account",
                "Everybody who acts for customers signs in with a second factor. Set it up before the due date; after it, customer pages stay closed to you.",
                "Schakel een tweede factor in voor uw account",
                "Iedereen die namens klanten handelt, meldt zich aan met een tweede factor. Stel dit in voor de einddatum; daarna blijven klantpagina's voor u gesloten."),
        }),
        (9, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Payouts,
            Kind = Key(CommunicationKind.MandatoryAction),
            Roles = [RoleCatalogue.Owner.Key, RoleCatalogue.FinancialContributor.Key, RoleCatalogue.IncentivesAdmin.Key],
            DueInDays = 21,
            Link = "https://work.example.com/payouts/profile",
            Content = Texts(
                "Renew your payout profile",
                "Your bank confirmed a change of account. Check the account holder and the number; payments are held back until you have.",
                "Vernieuw uw uitbetalingsprofiel",
                "Uw bank heeft een wijziging van de rekening bevestigd. Controleer de rekeninghouder en het nummer; betalingen worden tot dan aangehouden."),
        }),
        (12, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Incentives,
            Kind = Key(CommunicationKind.RecommendedAction),
            Roles = [RoleCatalogue.IncentivesAdmin.Key, RoleCatalogue.GlobalAdmin.Key],
            DueInDays = 45,
            Content = Texts(
                "Complete your tax profile",
                "With a complete tax profile your incentives are paid without a detour. It takes about ten minutes.",
                "Vul uw belastingprofiel aan",
                "Met een volledig belastingprofiel worden uw incentives zonder omweg uitbetaald. Het kost ongeveer tien minuten."),
        }),
        (3, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Membership,
            Kind = Key(CommunicationKind.RecommendedAction),
            Roles = [RoleCatalogue.PartnerProgramAdmin.Key, RoleCatalogue.GlobalAdmin.Key],
            DueInDays = 60,
            Content = Texts(
                "Add two certified colleagues to reach the next level",
                "Your score is **64 of 70**. Two more certificates on file would take you to the next level.",
                "Voeg twee gecertificeerde collega's toe voor het volgende niveau",
                "Uw score is **64 van 70**. Met nog twee certificaten bereikt u het volgende niveau."),
        }),
        (1, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Referrals,
            Kind = Key(CommunicationKind.RecommendedAction),
            Roles = [RoleCatalogue.ReferralsAdmin.Key, RoleCatalogue.BusinessProfileAdmin.Key],
            Organizations = [Alpine, Harbor],
            DueInDays = 13,
            Content = Texts(
                "Answer the opportunity from Nordlys Logistics",
                "A customer in your region asks for help with a warehouse system. If nobody answers within 14 days, the opportunity lapses.",
                "Beantwoord de verkoopkans van Nordlys Logistics",
                "Een klant in uw regio vraagt hulp bij een magazijnsysteem. Als niemand binnen 14 dagen antwoordt, vervalt de kans."),
        }),
        (4, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Billing,
            Kind = Key(CommunicationKind.TransactionalNotification),
            Roles = [RoleCatalogue.BillingAdmin.Key, RoleCatalogue.GlobalAdmin.Key],
            Organizations = [Alpine, Lowland],
            Content = Texts(
                "Your invoice for October is ready",
                "The invoice and its reconciliation file can be downloaded. Nothing is due before the end of next month.",
                "Uw factuur van oktober staat klaar",
                "De factuur en het afstemmingsbestand kunt u downloaden. U hoeft pas eind volgende maand te betalen."),
        }),
        (1, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.MarketplaceOffers,
            Kind = Key(CommunicationKind.TransactionalNotification),
            Roles = [RoleCatalogue.Owner.Key, RoleCatalogue.Developer.Key, RoleCatalogue.Marketer.Key],
            RequiredByAgreement = true,
            Content = Texts(
                "Your offer “Tide Planner” is live",
                "The review is done and the offer can be found in the catalog. Later changes go through the same review.",
                "Uw aanbieding ‘Tide Planner’ is live",
                "De beoordeling is klaar en de aanbieding staat in de catalogus. Latere wijzigingen worden op dezelfde manier beoordeeld."),
        }),
        (2, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.HelpSupport,
            Kind = Key(CommunicationKind.TransactionalNotification),
            Roles = [RoleCatalogue.DefaultUser.Key],
            Content = Texts(
                "Short maintenance on Sunday morning",
                "The portal is away from 06:00 to 06:30 UTC. Mails that are due in that time follow afterwards.",
                "Kort onderhoud op zondagochtend",
                "Het portaal is niet bereikbaar van 06:00 tot 06:30 UTC. Berichten uit die tijd volgen daarna."),
        }),
        (5, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Pricing,
            Kind = Key(CommunicationKind.PromotionalNotification),
            Roles = [RoleCatalogue.BillingAdmin.Key, RoleCatalogue.SalesAgent.Key, RoleCatalogue.GlobalAdmin.Key],
            Content = Texts(
                "A first look at next quarter's prices",
                "The preview of the price list is open for 30 days. Changes are marked line by line.",
                "Een eerste blik op de prijzen van volgend kwartaal",
                "De voorvertoning van de prijslijst is 30 dagen beschikbaar. Wijzigingen zijn per regel gemarkeerd."),
        }),
        (7, new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Benefits,
            Kind = Key(CommunicationKind.PromotionalNotification),
            Roles = [RoleCatalogue.DefaultUser.Key],
            Content = Texts(
                "Meet other partners at the spring gathering",
                "Two days of workshops, in person and online. [See the program](https://docs.example.com/gathering).",
                "Ontmoet andere partners tijdens het voorjaarstreffen",
                "Twee dagen workshops, ter plaatse en online. [Bekijk het programma](https://docs.example.com/gathering)."),
        }),
    ];

    private static string Key(CommunicationKind kind) => CommunicationPolicy.KeyOf(kind);

    private static Dictionary<string, DraftText> Texts(string title, string body, string dutchTitle, string dutchBody) => new()
    {
        ["en"] = new(title, body),
        ["nl"] = new(dutchTitle, dutchBody),
    };
}
