using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.HelpSupport;

/// <summary>The home of the workspace Help + support.</summary>
public sealed class HelpSupportController(HelpSupportQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/help-support")]
    [Page(PageTable.HelpSupport)]
    [RequirePermission(Permission.UseSupport)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));
}
