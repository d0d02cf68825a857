using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.PreferenceHistory;

/// <summary>Every change of one's own preferences.</summary>
public sealed class PreferenceHistoryController(PreferenceHistoryQuery query, CurrentUser user) : Controller
{
    /// <param name="before">Only changes before this one: where the next page goes on.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    [HttpGet("/o/{organization}/my-preferences/history")]
    [Page(PageTable.PreferenceHistory)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(long? before, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, before, cancellation));
}
