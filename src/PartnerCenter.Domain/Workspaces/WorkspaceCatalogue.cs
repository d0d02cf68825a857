using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Workspaces;

/// <summary>The workspaces of this portal: the thirteen built-in ones, and those that the operator added.</summary>
public sealed class WorkspaceCatalogue
{
    public const string AccountSettings = "account-settings";
    public const string ActionCenter = "action-center";
    public const string Benefits = "benefits";
    public const string Billing = "billing";
    public const string Customers = "customers";
    public const string Incentives = "incentives";
    public const string Insights = "insights";
    public const string Membership = "membership";
    public const string MarketplaceOffers = "marketplace-offers";
    public const string Referrals = "referrals";
    public const string Payouts = "payouts";
    public const string Pricing = "pricing";
    public const string HelpSupport = "help-support";

    private readonly Dictionary<string, Workspace> _byKey;

    /// <param name="workspaces">The workspaces, in the order in which they are shown.</param>
    /// <exception cref="ArgumentException">Two workspaces share a key.</exception>
    public WorkspaceCatalogue(IEnumerable<Workspace> workspaces)
    {
        All = [.. workspaces];
        _byKey = All.ToDictionary(workspace => workspace.Key);
    }

    /// <summary>The thirteen workspaces that every installation knows.</summary>
    public static WorkspaceCatalogue BuiltIn { get; } = new(
    [
        Row(AccountSettings, "building"),
        Row(ActionCenter, "inbox"),
        Row(Benefits, "gift", ProgramCatalogue.PartnerNetwork),
        Row(Billing, "invoice", ProgramCatalogue.Reseller),
        Row(Customers, "people", ProgramCatalogue.Reseller),
        Row(Incentives, "trophy", ProgramCatalogue.Incentives),
        Row(Insights, "chart", ProgramCatalogue.PartnerNetwork, ProgramCatalogue.Reseller, ProgramCatalogue.Marketplace),
        Row(Membership, "badge", ProgramCatalogue.PartnerNetwork),
        Row(MarketplaceOffers, "storefront", ProgramCatalogue.Marketplace),
        Row(Referrals, "handshake", ProgramCatalogue.CoSell),
        Row(Payouts, "banknote", ProgramCatalogue.Incentives, ProgramCatalogue.Marketplace),
        Row(Pricing, "tag", ProgramCatalogue.Reseller),
        Row(HelpSupport, "lifebuoy"),
    ]);

    public IReadOnlyList<Workspace> All { get; }

    /// <returns>The workspace with that key, or null if there is none.</returns>
    public Workspace? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The workspaces that an organization with these enrollments has, in the order of the catalogue.</summary>
    public IReadOnlyList<Workspace> ExistingFor(IReadOnlyCollection<string> programs) =>
        [.. All.Where(workspace => workspace.ExistsFor(programs))];

    private static Workspace Row(string key, string icon, params string[] programs) =>
        new(key, icon, programs)
        {
            LearnMore =
            [
                new("LearnMore.Documentation", $"~/help/{key}"),
                new("LearnMore.Roles", "~/my-access"),
                new("LearnMore.OpenItems", $"~/action-center?workspace={key}"),
            ],
        };
}
