using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.TwoStepSignIn;

/// <summary>The second step of somebody's own sign-in: an app, and codes on paper for when it is lost.</summary>
[OwnAccountOnly]
[EnableRateLimiting(RateLimits.SignIn)]
[LocalAccountsOnly]
[PasswordHoldersOnly]
[Route("/my-profile/two-step")]
public sealed class TwoStepSignInController(TwoStepSignInQuery query, TwoStepChanges changes, IStringLocalizer<PortalTexts> texts) : Controller
{
    private const string Here = "/my-profile/two-step";

    [HttpGet("")]
    [Page(PageTable.TwoStepSignIn)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(nameof(Index), await query.ReadAsync(cancellation));

    [HttpPost("prepare")]
    public async Task<IActionResult> Prepare(CancellationToken cancellation)
    {
        await changes.PrepareAsync(cancellation);
        return LocalRedirect(Here);
    }

    /// <summary>The answer has the recovery codes, which are in no other.</summary>
    [HttpPost("on")]
    [Page(PageTable.TwoStepSignIn)]
    public async Task<IActionResult> TurnOn(TwoStepSignInForm form, CancellationToken cancellation)
    {
        if (ModelState.IsValid)
        {
            if (await changes.TurnOnAsync(form.Code!, cancellation) is { } codes)
                return View("RecoveryCodes", codes.Codes);
            ModelState.AddModelError(nameof(form.Code), texts["LocalSignIn.WrongCode"]);
        }

        return await Index(cancellation);
    }

    [HttpPost("off")]
    public async Task<IActionResult> TurnOff(CancellationToken cancellation)
    {
        await changes.TurnOffAsync(cancellation);
        TempData.Say(texts["TwoStep.TurnedOff"]);
        return LocalRedirect(Here);
    }

    [HttpPost("recovery-codes")]
    [Page(PageTable.TwoStepSignIn)]
    public async Task<IActionResult> RenewRecoveryCodes(CancellationToken cancellation) =>
        await changes.RenewRecoveryCodesAsync(cancellation) is { } codes ? View("RecoveryCodes", codes.Codes) : LocalRedirect(Here);
}
