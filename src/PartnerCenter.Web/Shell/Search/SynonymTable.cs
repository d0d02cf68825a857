namespace PartnerCenter.Web.Shell.Search;

/// <summary>Words that mean the same to those who search, in both languages. Each row is one meaning.</summary>
public static class SynonymTable
{
    // Of a shorter beginning too much is a synonym.
    private const int ShortestBeginning = 3;

    private static readonly string[][] Meanings =
    [
        ["payouts", "earnings", "income", "revenue", "payments", "uitbetalingen", "inkomsten", "verdiensten", "opbrengst"],
        ["billing", "invoices", "bills", "reconciliation", "facturering", "facturen", "rekeningen", "nota"],
        ["incentives", "rebates", "bonus", "commission", "kickback", "provisie", "korting"],
        ["customers", "clients", "tenants", "klanten", "afnemers"],
        ["referrals", "leads", "deals", "opportunities", "verwijzingen", "kansen"],
        ["insights", "analytics", "reports", "statistics", "dashboards", "inzichten", "rapporten", "cijfers"],
        ["membership", "partnership", "competency", "designation", "lidmaatschap", "partnerschap"],
        ["benefits", "perks", "licenses", "voordelen", "licenties"],
        ["marketplace", "offers", "store", "listing", "aanbiedingen", "winkel"],
        ["pricing", "prices", "rates", "prijzen", "prijslijst", "tarieven"],
        ["support", "help", "ticket", "case", "helpdesk", "ondersteuning", "hulp", "melding"],
        ["users", "people", "members", "colleagues", "employees", "staff", "gebruikers", "mensen", "leden", "collega", "medewerkers"],
        ["invite", "add", "uitnodigen", "toevoegen"],
        ["roles", "permissions", "rights", "access", "rollen", "rechten", "machtigingen", "toegang"],
        ["preferences", "settings", "options", "voorkeuren", "instellingen"],
        ["mail", "email", "messages", "newsletter", "unsubscribe", "afmelden", "berichten", "nieuwsbrief"],
        ["actions", "tasks", "todo", "deadlines", "acties", "taken"],
        ["notifications", "alerts", "news", "announcements", "meldingen", "nieuws", "aankondigingen"],
        ["organization", "company", "business", "directory", "organisatie", "bedrijf", "firma", "onderneming"],
        ["location", "address", "branch", "office", "locatie", "adres", "vestiging", "kantoor"],
        ["activity", "audit", "history", "log", "activiteit", "geschiedenis", "logboek"],
        ["calendar", "agenda", "schedule", "kalender"],
        ["language", "translation", "taal", "vertaling"],
        ["delete", "remove", "leave", "resign", "verwijderen", "verlaten", "opzeggen"],
        ["password", "signin", "login", "wachtwoord", "aanmelden", "inloggen"],
    ];

    private static readonly string[][] Folded = [.. Meanings.Select(meaning => meaning.SelectMany(SearchWords.Of).ToArray())];

    /// <summary>The other words for what this one means, or begins to say.</summary>
    /// <param name="word">One word, as <see cref="SearchWords"/> gives it.</param>
    public static IEnumerable<string> Of(string word) => word.Length < ShortestBeginning
        ? []
        : Folded.Where(meaning => meaning.Any(known => known.StartsWith(word, StringComparison.Ordinal))).SelectMany(meaning => meaning).Distinct();
}
