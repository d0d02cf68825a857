using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Components.NotificationBell;

/// <summary>What the bell shows.</summary>
/// <param name="Badge">How much waits.</param>
/// <param name="Address">Where mail reaches the reader.</param>
/// <param name="Workspace">The workspace at hand.</param>
/// <param name="About">What there is about it.</param>
/// <param name="Critical">The open mandatory actions that press most.</param>
/// <param name="News">The latest notifications.</param>
public sealed record BellPanel(
    int Badge,
    string? Address,
    Workspace? Workspace,
    IReadOnlyList<CommunicationRow> About,
    IReadOnlyList<CommunicationRow> Critical,
    IReadOnlyList<CommunicationRow> News)
{
    private const int MostShown = 99;

    public string BadgeText => Badge > MostShown ? $"{MostShown}+" : $"{Badge}";
}
