using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Dashboard;

public sealed class DashboardController(DashboardQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}")]
    [Page(PageTable.Home)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));
}
