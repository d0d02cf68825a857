using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MyPassword;

/// <summary>Somebody changes their password. It takes the one before, so that an open browser is not enough.</summary>
[OwnAccountOnly]
[EnableRateLimiting(RateLimits.SignIn)]
[LocalAccountsOnly]
[PasswordHoldersOnly]
[Route("/my-profile/password")]
public sealed class MyPasswordController(
    LocalEntrance entrance, PasswordChanges passwords, CurrentUser user, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MyPassword)]
    public IActionResult Index() => View();

    [HttpPost("")]
    [Page(PageTable.MyPassword)]
    public async Task<IActionResult> Change(MyPasswordForm form, CancellationToken cancellation)
    {
        try
        {
            if (ModelState.IsValid && await entrance.IsPasswordOfAsync(user.Person!, form.Current!, cancellation))
            {
                await passwords.ChangeAsync(user.Session!, form.Password!, cancellation);
                TempData.Say(texts["MyPassword.Changed"]);
                return LocalRedirect("/my-profile");
            }

            if (ModelState.IsValid)
                ModelState.AddModelError(nameof(form.Current), texts["MyPassword.Wrong"]);
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddModelError(nameof(form.Password), words.Sentence(violation.Reason));
        }

        return View(nameof(Index));
    }
}
