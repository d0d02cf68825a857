using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Components.NotificationBell;

/// <summary>
/// The bell: how much waits, what there is about the workspace at hand, what is critical, then the latest news. Opening it marks nothing
/// as read.
/// </summary>
public sealed class NotificationBellViewComponent(Here here, Visibility visibility, WorkspaceCatalogue workspaces) : ViewComponent
{
    private const int MostCritical = 3;
    private const int MostNews = 4;
    private const int MostOfWorkspace = 3;

    private static readonly IReadOnlyList<(Listing Listing, int Most)> General =
    [
        (new(CommunicationPlace.Actions, new() { Kind = CommunicationKind.MandatoryAction }), MostCritical),
        (new(CommunicationPlace.Notifications, new()), MostNews),
    ];

    /// <param name="workspace">The key of the workspace at hand; null on pages that belong to none.</param>
    public async Task<IViewComponentResult> InvokeAsync(string? workspace = null)
    {
        var reader = here.Member!.Reader;
        var membership = here.Member.Membership;
        var counts = await visibility.CountAsync(reader, HttpContext.RequestAborted);
        var found = workspace is null ? null : workspaces.Find(workspace);
        var lists = await visibility.FirstOfAsync(reader, [.. General, .. About(found)], HttpContext.RequestAborted);
        return View(new BellPanel(
            counts.Badge,
            MailPolicy.AddressOf(membership.ContactState, membership.ContactAddress, here.Member.Person.SignInAddress)?.Address,
            found,
            [.. lists.Skip(General.Count).SelectMany(list => list).Take(MostOfWorkspace).Select(CommunicationRow.From)],
            [.. lists[0].Select(CommunicationRow.From)],
            [.. lists[1].Select(CommunicationRow.From)]));
    }

    private static IEnumerable<(Listing Listing, int Most)> About(Workspace? workspace)
    {
        if (workspace is null)
            yield break;
        var about = new CommunicationFilter { Workspace = workspace.Key };
        yield return (new Listing(CommunicationPlace.Actions, about), MostOfWorkspace);
        yield return (new Listing(CommunicationPlace.Notifications, about), MostOfWorkspace);
    }
}

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
