using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.DirectorySignIn;

/// <summary>
/// The way to a directory that wants an account of its own. An account that is new to the portal is connected to whoever is signed in, so
/// that one person stays one.
/// </summary>
[OwnAccountOnly]
[Route("/directories/{key}")]
public sealed class DirectorySignInController(DirectorySignInQuery query, SignInProviders providers, CurrentUser user, TimeProvider time) : Controller
{
    [HttpGet("")]
    [Page(PageTable.DirectorySignIn)]
    public async Task<IActionResult> Index(string key, CancellationToken cancellation) =>
        await query.FindAsync(user.Session!, key, cancellation) is { } page ? View(page) : NotFound();

    [EnableRateLimiting(RateLimits.SignIn)]
    [HttpPost("")]
    public async Task<IActionResult> SignInThere(string key, [FromForm] string? tenant, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Session!, key, cancellation) is not { } page || tenant is null || !page.Tenants.Contains(tenant))
            return NotFound();
        if (page.IsNew && !user.Session!.IsFreshAt(time.GetUtcNow().UtcDateTime))
            return LocalRedirect(Shell.Access.SignInAgain.AddressFor(SensitiveStep.ConnectAccount, $"/directories/{page.Organization.Key}"));

        var round = new SignInRound
        {
            Provider = providers.Entra!.Key,
            Tenant = tenant,
            ConnectsTo = page.IsNew ? user.Session!.IdHash : null,
            Hint = user.Person!.SignInAddress,
        };
        return Challenge(round.ToProperties($"/o/{page.Organization.Key}"), providers.Entra.Scheme);
    }
}
