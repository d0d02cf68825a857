using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Help;

/// <summary>The documentation of the portal.</summary>
public sealed class HelpController(HelpQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/help")]
    [Page(PageTable.Help)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Index() => View(query.List(user.Member));

    [HttpGet("/o/{organization}/help/{article}")]
    [Page(PageTable.HelpArticle)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Article(string article) => query.Find(user.Member, article) is { } page ? View(page) : NotFound();
}
