using PartnerCenter.Data.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Components.NotificationBell;

namespace PartnerCenter.Web.Features.Dashboard;

/// <summary>Reads the dashboard.</summary>
public sealed class DashboardQuery(Visibility visibility, BellQuery bell)
{
    public async Task<DashboardPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var counts = await visibility.CountAsync(member.Reader, cancellation);
        return new DashboardPage(
            (await bell.ReadAsync(member, workspace: null, cancellation)).Critical,
            counts.OpenMandatory,
            [.. member.OpenWorkspaces.Select(workspace => new TileRow(workspace, counts.OpenActionsByWorkspace.GetValueOrDefault(workspace.Key)))]);
    }
}
