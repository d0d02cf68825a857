namespace PartnerCenter.Domain.Organizations;

/// <summary>What an organization can be enrolled in. A workspace names the programs that bring it.</summary>
public static class ProgramCatalogue
{
    public const string PartnerNetwork = "partner-network";
    public const string Reseller = "reseller";
    public const string Incentives = "incentives";
    public const string Marketplace = "marketplace";
    public const string CoSell = "co-sell";

    public static IReadOnlyList<string> All { get; } = [PartnerNetwork, Reseller, Incentives, Marketplace, CoSell];
}
