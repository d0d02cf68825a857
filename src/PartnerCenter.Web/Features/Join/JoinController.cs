using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.Join;

/// <summary>
/// The link of an invitation: somebody who is new connects the account that they sign in with to the person that was added here. To look
/// at it changes nothing, so programs that open links before their reader do no harm; the round to the provider is what counts.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[Route("/join/{token}")]
public sealed class JoinController(JoinQuery query, JoinLinks links, SignInProviders providers, CurrentUser user) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string token, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } link)
            return NotFound();
        if (await query.ReadAsync(link, user.Person, token, cancellation) is { } page)
            return View(page);
        return LocalRedirect(await query.GoalOfAsync(link, cancellation));
    }

    [HttpGet("with/{provider}")]
    public IActionResult SignInWith(string token, string provider) =>
        providers.Find(provider) is { } found
            ? Challenge(new SignInRound { Provider = provider, JoinToken = token }.ToProperties($"/join/{token}"), found.Scheme)
            : NotFound();
}
