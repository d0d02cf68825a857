using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.LocalSignIn;

/// <summary>Signs in by address and password, and by a code where the person wants that; also whoever has to show it once more.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[LocalAccountsOnly]
[Route("/sign-in/local")]
public sealed class LocalSignInController(LocalEntrance entrance, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    // Whoever came by a provider may have another account here.
    private Person? Again => user.Session?.Provider == LocalSignInSettings.Key ? user.Person : null;

    [HttpGet("")]
    public IActionResult Index(string? returnUrl) => View(new PasswordSignIn(Again?.SignInAddress, Local(returnUrl), IsAgain: Again is not null));

    [HttpPost("")]
    public async Task<IActionResult> Enter(LocalSignInForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return Ask(form);

        var entry = await entrance.EnterAsync(form.Address!, form.Password!, cancellation);
        if (entry.Ticket is { } ticket)
            return View("Code", new CodeForm { Ticket = ticket, ReturnUrl = Local(form.ReturnUrl) });
        if (entry.Person is not null)
            return LocalRedirect(Local(form.ReturnUrl) ?? "/");

        ModelState.AddModelError(nameof(form.Password), texts["LocalSignIn.Refused"]);
        return Ask(form);
    }

    [HttpPost("code")]
    public async Task<IActionResult> EnterByCode(CodeForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View("Code", form);

        var entry = await entrance.EnterByCodeAsync(form.Ticket, form.Code!, cancellation);
        if (entry.RecoveryCodesLeft is { } left)
            TempData.Say(texts["LocalSignIn.RecoveryCodesLeft", left]);
        if (entry.Person is not null)
            return LocalRedirect(Local(form.ReturnUrl) ?? "/");

        ModelState.AddModelError(entry.Ticket is null ? nameof(LocalSignInForm.Password) : nameof(form.Code), texts[entry.Ticket is null ? "LocalSignIn.TooLate" : "LocalSignIn.WrongCode"]);
        return entry.Ticket is null ? Ask(new LocalSignInForm { ReturnUrl = form.ReturnUrl }) : View("Code", form);
    }

    private ViewResult Ask(LocalSignInForm form) => View(nameof(Index), new PasswordSignIn(form.Address, Local(form.ReturnUrl), IsAgain: false));

    private string? Local(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : null;
}
