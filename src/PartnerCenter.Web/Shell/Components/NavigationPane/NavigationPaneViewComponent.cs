using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Components.NavigationPane;

/// <summary>The way to every workspace that the member may open, Help + support last.</summary>
public sealed class NavigationPaneViewComponent(Here here) : ViewComponent
{
    public IViewComponentResult Invoke() => View(here.Member!.OpenWorkspaces.OrderBy(workspace => workspace.Key == WorkspaceCatalogue.HelpSupport).ToList());
}
