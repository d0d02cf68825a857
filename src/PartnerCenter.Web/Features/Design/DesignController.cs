using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Features.Design;

/// <summary>Shows whoever works on the portal what its pages are made of, in every state.</summary>
public sealed class DesignController(DesignQuery query) : Controller
{
    [AllowAnonymous]
    [DevelopmentOnly]
    [HttpGet("/design")]
    public async Task<IActionResult> Index(CancellationToken cancellation)
    {
        foreach (var (field, message) in DesignPage.Refusals)
            ModelState.AddModelError(field, message);
        return View(await query.ReadAsync(cancellation));
    }
}
