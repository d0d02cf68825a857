using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Search;

/// <param name="Words">What was searched for.</param>
/// <param name="Destinations">Pages and workspaces that the member may open.</param>
/// <param name="Communications">Communications that the member may see.</param>
public sealed record SearchPage(string Words, IReadOnlyList<DestinationRow> Destinations, IReadOnlyList<CommunicationRow> Communications);

public sealed record DestinationRow(string Name, string Text, string Icon, string Address);
