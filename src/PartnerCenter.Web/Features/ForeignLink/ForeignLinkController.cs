using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ForeignLink;

/// <summary>Says where a link of a communication leads before anybody follows it. It never sends anybody on by itself.</summary>
[OwnAccountOnly]
[Route("/leaving")]
public sealed class ForeignLinkController(ForeignLinks links) : Controller
{
    [HttpGet("")]
    [Page(PageTable.ForeignLink)]
    public IActionResult Index(string? to) => links.Read(to) is { } address ? View(new ForeignLinkPage(address)) : NotFound();
}
