using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MailPreview;

/// <summary>Shows operators what the portal writes to people, before anybody gets it.</summary>
[OperatorsOnly]
[Route("/operator/mail-preview")]
public sealed class MailPreviewController(MailPreviewQuery query) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MailPreview)]
    [ShowsFrames]
    public async Task<IActionResult> Index(MailPreviewForm form) => View(await query.ReadAsync(form));

    /// <summary>The HTML part alone, as a mail program shows it.</summary>
    [HttpGet("html")]
    [ShownInFrame]
    public async Task<IActionResult> Html(MailPreviewForm form) => Content(await query.HtmlAsync(form), MediaTypeNames.Text.Html, Encoding.UTF8);
}
