using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MyActions;

/// <summary>What somebody must do, in all of their directories.</summary>
[OwnAccountOnly]
public sealed class MyActionsController(MyActionsQuery query, CurrentUser user) : Controller
{
    [HttpGet("/my-actions")]
    [Page(PageTable.MyActions)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Session!, cancellation));
}
