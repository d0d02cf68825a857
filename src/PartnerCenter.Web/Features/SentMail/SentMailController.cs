using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.SentMail;

[Route("/o/{organization}/sent-mail")]
public sealed class SentMailController(SentMailQuery query, CurrentUser user) : Controller
{
    [HttpGet("")]
    [Page(PageTable.SentMail)]
    [RequirePermission(Permission.ViewSentMail)]
    public async Task<IActionResult> Index(SentMailFilterForm filter, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, filter, cancellation));

    [HttpGet("export")]
    [RequirePermission(Permission.ViewSentMail)]
    public IActionResult Export(SentMailFilterForm filter) =>
        new CsvFile($"{user.Member.Organization.Key}-sent-mail", query.Header, query.ExportAsync(user.Member, filter));
}
