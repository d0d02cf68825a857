using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Features.ForgottenPassword;

/// <summary>Asks for the mail by which one chooses another password. Who has an account and who has not get the same answer, after the same time.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[LocalAccountsOnly]
[Route("/forgotten-password")]
public sealed class ForgottenPasswordController(PasswordChanges passwords) : Controller
{
    // Longer than it takes to queue a mail.
    private static readonly TimeSpan AnswersAfter = TimeSpan.FromMilliseconds(400);

    [HttpGet("")]
    public IActionResult Index() => View(new ForgottenPasswordForm());

    [HttpPost("")]
    public async Task<IActionResult> Ask(ForgottenPasswordForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), form);

        await Task.WhenAll(passwords.ForgetAsync(form.Address!, cancellation), Task.Delay(AnswersAfter, cancellation));
        return LocalRedirect("/forgotten-password/asked");
    }

    [HttpGet("asked")]
    public IActionResult Asked() => View();
}
