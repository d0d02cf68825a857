using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Search;

public sealed class SearchController(SearchQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/search")]
    [Page(PageTable.Search)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(string? q, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, q?.Trim() ?? "", cancellation));
}
