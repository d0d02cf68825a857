using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Dashboard;

/// <param name="Critical">The most pressing mandatory actions.</param>
/// <param name="OpenMandatory">How many of them there are in all.</param>
/// <param name="Tiles">A tile for each workspace that the member may open.</param>
public sealed record DashboardPage(IReadOnlyList<CommunicationRow> Critical, int OpenMandatory, IReadOnlyList<TileRow> Tiles);

/// <param name="Workspace">The workspace that the tile opens.</param>
/// <param name="OpenActions">How many actions wait there.</param>
/// <param name="Moves">What can be done with the tile.</param>
public sealed record TileRow(Workspace Workspace, int OpenActions, IReadOnlyList<TileMove> Moves)
{
    public bool IsPinned => Moves.Contains(TileMove.Unpin);
}
