using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.SignIn;

/// <summary>The start page, and the way in and out.</summary>
public sealed class SignInController(
    SignInQuery query, SignInProviders providers, ProviderSignOut atProvider, CurrentUser user, Sessions sessions) : Controller
{
    [AllowAnonymous]
    [HttpGet("/")]
    public async Task<IActionResult> Index(string? returnUrl, bool another, CancellationToken cancellation)
    {
        if (user.Person is { } person)
            return LocalRedirect(await query.HomeOfAsync(person, cancellation));
        return View(await query.ReadAsync(Url.IsLocalUrl(returnUrl) ? returnUrl : null, another, cancellation));
    }

    /// <summary>
    /// Leads to an identity provider. It is a link and no form, because browsers apply <c>form-action</c> to where a form is redirected to.
    /// </summary>
    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.SignIn)]
    [HttpGet("/sign-in/{provider}")]
    public IActionResult SignInWith(string provider, string? returnUrl, bool another, bool again)
    {
        if (providers.Find(provider) is not { } found)
            return NotFound();

        var back = Url.IsLocalUrl(returnUrl) && returnUrl.All(char.IsAscii) ? returnUrl : "/";
        return Challenge(new SignInRound { Provider = provider, MustChoose = another, MustProveAgain = again, Hint = again ? user.Session?.SignOutHint : null }.ToProperties(back), found.Scheme);
    }

    /// <summary>The provider ends its own session and tells us (OpenID Connect Front-Channel Logout 1.0): it knows which of ours that is.</summary>
    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.SignIn)]
    [HttpGet("/signout-oidc/{provider}")]
    public async Task<IActionResult> SignedOutAtProvider(string provider, string? sid, CancellationToken cancellation)
    {
        if (providers.Find(provider) is null)
            return NotFound();

        await sessions.EndAtProviderAsync(provider, sid, cancellation);
        return Content("");
    }

    /// <summary>Signs in as a person of the demo, or as somebody who was invited while one tried it out.</summary>
    [AllowAnonymous]
    [DemoOnly]
    [EnableRateLimiting(RateLimits.SignIn)]
    [HttpPost("/sign-in/demo")]
    public async Task<IActionResult> SignInToDemo([FromForm] string? person, [FromForm] string? returnUrl, CancellationToken cancellation)
    {
        if (await query.FindForDemoAsync(person, cancellation) is not { } found)
            return NotFound();

        await sessions.StartAsync(found);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : await query.HomeOfAsync(found, cancellation));
    }

    [OwnAccountOnly]
    [HttpPost("/sign-out")]
    public new async Task<IActionResult> SignOut()
    {
        // Not from a request: the address is the configured provider's own.
        return await atProvider.FindAsync(await sessions.EndAsync()) is { } there ? Redirect(there.AbsoluteUri) : LocalRedirect("/");
    }

    /// <summary>Signs out, and comes back to the same page as somebody else.</summary>
    [OwnAccountOnly]
    [HttpPost("/sign-in/another")]
    public async Task<IActionResult> SignInAsAnother([FromForm] string? returnUrl)
    {
        await sessions.EndAsync();
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? $"/?another=true&returnUrl={Uri.EscapeDataString(returnUrl)}" : "/?another=true");
    }

    /// <summary>For somebody who can sign in but belongs to no organization (any more).</summary>
    [OwnAccountOnly]
    [HttpGet("/no-organization")]
    public IActionResult NoOrganization() => View();
}
