using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Announcements;

/// <summary>What the program announced, month by month.</summary>
[Route("/o/{organization}/action-center/announcements")]
public sealed class AnnouncementsController(AnnouncementsQuery query, CurrentUser user) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Announcements)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(AnnouncementsFilterForm filter, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, filter, cancellation));
}
