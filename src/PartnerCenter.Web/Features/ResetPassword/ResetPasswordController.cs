using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ResetPassword;

/// <summary>
/// The link of the mail about a forgotten password. To look at it changes nothing, so programs that open links before their reader do no
/// harm. It leads to the sign-in and not past it: the second step stays.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[LocalAccountsOnly]
[Route("/reset-password/{token}")]
public sealed class ResetPasswordController(PasswordChanges passwords, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string token, CancellationToken cancellation) =>
        View(nameof(Index), new ResetPasswordPage(token, (await passwords.FindResettingAsync(token, cancellation))?.SignInAddress));

    [HttpPost("")]
    public async Task<IActionResult> Choose(string token, NewPasswordForm form, CancellationToken cancellation)
    {
        try
        {
            if (ModelState.IsValid && await passwords.ResetAsync(token, form.Password!, cancellation))
            {
                TempData.Say(texts["ResetPassword.Done"]);
                return LocalRedirect("/sign-in/local");
            }
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddModelError(nameof(form.Password), words.Sentence(violation.Reason));
        }

        return await Index(token, cancellation);
    }
}
