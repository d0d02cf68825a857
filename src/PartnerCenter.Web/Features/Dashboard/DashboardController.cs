using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Dashboard;

public sealed class DashboardController(DashboardQuery query, PartnerCenterDb db, CurrentUser user, Here here) : Controller
{
    /// <summary>Home. Whoever has never said what mail they want is asked that first, until they answer or put it off.</summary>
    [HttpGet("/o/{organization}")]
    [Page(PageTable.Home)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        user.Member.Membership.SetUpAt is null
            ? LocalRedirect(here.To("welcome"))
            : View(await query.ReadAsync(user.Member, cancellation));

    /// <summary>Moves a tile. The page comes back at the tile, so that whoever moves it by the keyboard can go on.</summary>
    [HttpPost("/o/{organization}/tiles/{workspace}")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Arrange(string workspace, [FromForm] TileMove move, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || !user.Member.OpenWorkspaces.Any(open => open.Key == workspace))
            return NotFound();

        user.Member.Membership.Arrange(move, workspace);
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect($"{here.To()}#tile-{workspace}");
    }
}
