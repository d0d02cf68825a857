using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Components.NotificationBell;

/// <summary>The bell. Opening it marks nothing as read.</summary>
public sealed class NotificationBellViewComponent(Here here, BellQuery query) : ViewComponent
{
    /// <param name="workspace">The workspace at hand; null on pages that belong to none.</param>
    public async Task<IViewComponentResult> InvokeAsync(Workspace? workspace = null) =>
        View(await query.ReadAsync(here.Member!, workspace, HttpContext.RequestAborted));
}
