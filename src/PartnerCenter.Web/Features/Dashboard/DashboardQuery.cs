using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Dashboard;

/// <summary>Reads the dashboard.</summary>
public sealed class DashboardQuery(Visibility visibility)
{
    private const int MostCritical = 3;

    public async Task<DashboardPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var counts = await visibility.CountAsync(member.Reader, cancellation);
        var critical = await visibility.OpenActionsAsync(
            member.Reader, new() { Kind = CommunicationKind.MandatoryAction }, MostCritical, cancellation);
        return new DashboardPage(
            [.. critical.Rows.Select(CommunicationRow.From)],
            counts.OpenMandatory,
            [.. member.OpenWorkspaces.Select(workspace => new TileRow(workspace, counts.OpenActionsByWorkspace.GetValueOrDefault(workspace.Key)))]);
    }
}
