using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Components.NotificationBell;

/// <summary>The bell: how much waits, what is critical first, then the latest news. Opening it marks nothing as read.</summary>
public sealed class NotificationBellViewComponent(Here here, Visibility visibility) : ViewComponent
{
    private const int MostCritical = 3;
    private const int MostNews = 4;

    public async Task<IViewComponentResult> InvokeAsync()
    {
        var reader = here.Member!.Reader;
        var critical = await visibility.OpenActionsAsync(
            reader, new() { Kind = CommunicationKind.MandatoryAction }, page: 1, MostCritical, HttpContext.RequestAborted);
        var news = await visibility.NotificationsAsync(reader, new(), page: 1, MostNews, HttpContext.RequestAborted);
        var counts = await visibility.CountAsync(reader, HttpContext.RequestAborted);
        return View(new BellPanel(
            counts.Badge,
            [.. critical.Rows.Select(CommunicationRow.From)],
            [.. news.Rows.Select(CommunicationRow.From)]));
    }
}

/// <summary>What the bell shows.</summary>
public sealed record BellPanel(int Badge, IReadOnlyList<CommunicationRow> Critical, IReadOnlyList<CommunicationRow> News)
{
    private const int MostShown = 99;

    public string BadgeText => Badge > MostShown ? $"{MostShown}+" : $"{Badge}";
}
