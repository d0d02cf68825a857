using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.SignIn;

/// <summary>The start page, and the way in and out.</summary>
public sealed class SignInController(SignInQuery query, CurrentUser user, Sessions sessions) : Controller
{
    [AllowAnonymous]
    [HttpGet("/")]
    public async Task<IActionResult> Index(string? returnUrl, CancellationToken cancellation)
    {
        if (user.Person is { } person)
            return LocalRedirect(await query.HomeOfAsync(person, cancellation));
        return View(await query.ReadAsync(Url.IsLocalUrl(returnUrl) ? returnUrl : null, cancellation));
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
        await sessions.EndAsync();
        return LocalRedirect("/");
    }

    /// <summary>Signs out, and comes back to the same page as somebody else.</summary>
    [OwnAccountOnly]
    [HttpPost("/sign-in/another")]
    public async Task<IActionResult> SignInAsAnother([FromForm] string? returnUrl)
    {
        await sessions.EndAsync();
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? $"/?returnUrl={Uri.EscapeDataString(returnUrl)}" : "/");
    }

    /// <summary>For somebody who can sign in but belongs to no organization (any more).</summary>
    [OwnAccountOnly]
    [HttpGet("/no-organization")]
    public IActionResult NoOrganization() => View();
}
