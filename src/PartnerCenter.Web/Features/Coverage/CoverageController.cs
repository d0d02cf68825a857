using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Coverage;

/// <summary>For administrators: whom communications reach, and whom they do not.</summary>
[Route("/o/{organization}/action-center/coverage")]
public sealed class CoverageController(CoverageQuery query, CurrentUser user) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Coverage)]
    [RequirePermission(Permission.ViewCoverage)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));
}
