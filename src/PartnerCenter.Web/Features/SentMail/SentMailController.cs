using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.SentMail;

public sealed class SentMailController(SentMailQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/sent-mail")]
    [Page(PageTable.SentMail)]
    [RequirePermission(Permission.ViewSentMail)]
    public async Task<IActionResult> Index(int page, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, Math.Clamp(page, 1, 1000), cancellation));
}
