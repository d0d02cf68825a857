using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MyAccess;

public sealed class MyAccessController(MyAccessQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/my-access")]
    [Page(PageTable.MyAccess)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));
}
