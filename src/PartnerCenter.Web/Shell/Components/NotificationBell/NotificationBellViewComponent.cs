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

    /// <param name="workspace">The key of the workspace at hand; null on pages that belong to none.</param>
    public async Task<IViewComponentResult> InvokeAsync(string? workspace = null)
    {
        var reader = here.Member!.Reader;
        var membership = here.Member.Membership;
        var critical = await visibility.OpenActionsAsync(
            reader, new() { Kind = CommunicationKind.MandatoryAction }, MostCritical, HttpContext.RequestAborted);
        var news = await visibility.NotificationsAsync(reader, new(), MostNews, HttpContext.RequestAborted);
        var counts = await visibility.CountAsync(reader, HttpContext.RequestAborted);
        var found = workspace is null ? null : workspaces.Find(workspace);
        return View(new BellPanel(
            counts.Badge,
            MailPolicy.AddressOf(membership.ContactState, membership.ContactAddress, here.Member.Person.SignInAddress)?.Address,
            found,
            found is null ? [] : await AboutAsync(reader, found),
            [.. critical.Rows.Select(CommunicationRow.From)],
            [.. news.Rows.Select(CommunicationRow.From)]));
    }

    private async Task<IReadOnlyList<CommunicationRow>> AboutAsync(Reader reader, Workspace workspace)
    {
        var about = new CommunicationFilter { Workspace = workspace.Key };
        var actions = await visibility.OpenActionsAsync(reader, about, MostOfWorkspace, HttpContext.RequestAborted);
        var news = await visibility.NotificationsAsync(reader, about, MostOfWorkspace, HttpContext.RequestAborted);
        return [.. actions.Rows.Concat(news.Rows).Take(MostOfWorkspace).Select(CommunicationRow.From)];
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
