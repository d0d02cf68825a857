using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Help;

/// <summary>The documentation for those who run the program.</summary>
[OperatorsOnly]
public sealed class OperatorHelpController(HelpQuery query) : Controller
{
    [HttpGet("/operator/help")]
    [Page(PageTable.OperatorHelp)]
    public IActionResult Index() => View(query.List(member: null));

    [HttpGet("/operator/help/{article}")]
    [Page(PageTable.OperatorHelpArticle)]
    public IActionResult Article(string article) => query.Find(member: null, article) is { } page ? View(page) : NotFound();
}
