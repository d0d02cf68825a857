namespace PartnerCenter.Domain.Communications;

/// <summary>What somebody may publish; null means that there is no limit.</summary>
/// <param name="Publisher">The name that the communication carries as its publisher.</param>
/// <param name="Organizations">The keys of the organizations that may be addressed.</param>
/// <param name="Workspaces">The keys of the workspaces that may be used.</param>
/// <param name="Kinds">The keys of the kinds that may be used.</param>
public sealed record PublishingGrant(
    string Publisher,
    IReadOnlyCollection<string>? Organizations = null,
    IReadOnlyCollection<string>? Workspaces = null,
    IReadOnlyCollection<string>? Kinds = null);

/// <summary>What a draft names, as the database knows it.</summary>
/// <param name="OrganizationIds">The ids of the existing ones among the named organizations, by key.</param>
/// <param name="MembershipOrganization">The organization of the named membership; null if there is no such membership.</param>
public sealed record DraftNames(IReadOnlyDictionary<string, int> OrganizationIds, KeyValuePair<string, int>? MembershipOrganization);
