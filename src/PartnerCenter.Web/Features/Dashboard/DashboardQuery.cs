using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Components.NotificationBell;

namespace PartnerCenter.Web.Features.Dashboard;

/// <summary>Reads the dashboard.</summary>
public sealed class DashboardQuery(Visibility visibility, BellQuery bell)
{
    public async Task<DashboardPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var counts = await visibility.CountAsync(member.Reader, cancellation);
        var pins = TilePins.Read(member.Membership.PinnedTiles);
        return new DashboardPage(
            (await bell.ReadAsync(member, workspace: null, cancellation)).Critical,
            counts.OpenMandatory,
            [
                .. pins.Order(member.OpenWorkspaces).Select(workspace => new TileRow(
                    workspace, counts.OpenActionsByWorkspace.GetValueOrDefault(workspace.Key), [.. pins.MovesOf(workspace.Key)])),
            ]);
    }
}
