using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Search;

public sealed class SearchController(SearchQuery query, CurrentUser user) : Controller
{
    private const int MostOnPage = 20;
    private const int MostAsSuggestions = 4;

    [HttpGet("/o/{organization}/search")]
    [Page(PageTable.Search)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(string? q, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, q?.Trim() ?? "", MostOnPage, cancellation));

    /// <summary>The list below the search bar while somebody types: a part of a page.</summary>
    [HttpGet("/o/{organization}/search/suggestions")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Suggestions(string? q, CancellationToken cancellation) =>
        PartialView("_Suggestions", await query.ReadAsync(user.Member, q?.Trim() ?? "", MostAsSuggestions, cancellation));
}
