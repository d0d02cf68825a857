using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell.Components.NavigationPane;

/// <summary>The way to every workspace that the member may open, with its pages, Help + support last.</summary>
public sealed class NavigationPaneViewComponent(Here here) : ViewComponent
{
    // Written by navigation.js where there is room for it beside the page.
    private const string Cookie = "pc-navigation";

    public IViewComponentResult Invoke()
    {
        var member = here.Member!;
        return View(new NavigationPanel(
            HttpContext.Request.Cookies[Cookie] == "open",
            [
                .. member.OpenWorkspaces
                    .OrderBy(workspace => workspace.Key == WorkspaceCatalogue.HelpSupport)
                    .Select(workspace => new NavigationItem(workspace, [.. PageTable.PagesOf(workspace).Where(page => member.May(page.Requires!.Value))])),
            ]));
    }
}

/// <param name="IsOpen">Whether this browser had it open on the last page.</param>
/// <param name="Items">The workspaces.</param>
public sealed record NavigationPanel(bool IsOpen, IReadOnlyList<NavigationItem> Items);

/// <param name="Workspace">The workspace.</param>
/// <param name="Pages">Its pages beside its home.</param>
public sealed record NavigationItem(Workspace Workspace, IReadOnlyList<PortalPage> Pages);
