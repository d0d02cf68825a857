using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Dashboard;

public sealed class DashboardController(DashboardQuery query, CurrentUser user, Here here) : Controller
{
    /// <summary>Home. Whoever has never said what mail they want is asked that first, until they answer or put it off.</summary>
    [HttpGet("/o/{organization}")]
    [Page(PageTable.Home)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        user.Member.Membership.SetUpAt is null
            ? LocalRedirect(here.To("welcome"))
            : View(await query.ReadAsync(user.Member, cancellation));
}
