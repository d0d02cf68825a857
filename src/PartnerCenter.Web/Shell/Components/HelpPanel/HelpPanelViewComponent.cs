using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Shell.Help;

namespace PartnerCenter.Web.Shell.Components.HelpPanel;

/// <summary>What helps on the page at hand, and the way to the rest of the documentation and to somebody who answers.</summary>
public sealed class HelpPanelViewComponent(Here here, HelpLibrary library) : ViewComponent
{
    private const int MostArticles = 4;

    public IViewComponentResult Invoke() => View(HelpTable.For(here.Page, here.Workspace?.Key)
        .Where(article => here.Member is not { } member || article.IsOpenTo(member))
        .Take(MostArticles)
        .Select(article => (article, library.Find(article, here.Language)))
        .ToList());
}
