using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Components.NotificationBell;

/// <summary>
/// Reads the bell: how much waits, what there is about the workspace at hand, what is critical, then the latest news. A page that shows
/// some of this itself asks here too, so that nothing is read twice.
/// </summary>
public sealed class BellQuery(Visibility visibility)
{
    private const int MostOfWorkspace = 3;

    private static readonly IReadOnlyList<Glance> General = [Glance.Critical(most: 3), new(CommunicationPlace.Notifications, Most: 4)];

    private (Workspace? Workspace, BellPanel Panel)? _known;

    /// <param name="member">Who reads.</param>
    /// <param name="workspace">The workspace at hand; null on pages that belong to none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<BellPanel> ReadAsync(Member member, Workspace? workspace, CancellationToken cancellation)
    {
        if (_known is { } known && known.Workspace == workspace)
            return known.Panel;

        var lists = await visibility.FirstOfAsync(member.Reader, [.. General, .. About(workspace)], cancellation);
        var panel = new BellPanel(
            (await visibility.CountAsync(member.Reader, cancellation)).Badge,
            MailPolicy.AddressOf(member.Membership)?.Address,
            workspace,
            [.. lists.Skip(General.Count).SelectMany(list => list).Take(MostOfWorkspace).Select(CommunicationRow.From)],
            [.. lists[0].Select(CommunicationRow.From)],
            [.. lists[1].Select(CommunicationRow.From)]);
        _known = (workspace, panel);
        return panel;
    }

    private static IEnumerable<Glance> About(Workspace? workspace) => workspace is null ? [] :
    [
        new(CommunicationPlace.Actions, MostOfWorkspace) { Workspace = workspace.Key },
        new(CommunicationPlace.Notifications, MostOfWorkspace) { Workspace = workspace.Key },
    ];
}
