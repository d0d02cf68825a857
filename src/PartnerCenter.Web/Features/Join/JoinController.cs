using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Domain;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Join;

/// <summary>
/// The link of an invitation: somebody who is new connects the account that they sign in with to the person that was added here. To look
/// at it changes nothing, so programs that open links before their reader do no harm; the round to the provider is what counts.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[Route("/join/{token}")]
public sealed class JoinController(
    JoinQuery query, JoinLinks links, SignInProviders providers, PasswordChanges passwords, LocalEntrance entrance, CurrentUser user, CommunicationWords words)
    : Controller
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

    /// <summary>Chooses a password, which lets whoever has the link in.</summary>
    [LocalAccountsOnly]
    [HttpPost("")]
    public async Task<IActionResult> Choose(string token, NewPasswordForm form, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } link)
            return NotFound();

        try
        {
            if (ModelState.IsValid && await passwords.ChooseAsync(link, form.Password!, cancellation) is { } person)
                await entrance.StartAsync(person);
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddModelError(nameof(form.Password), words.Sentence(violation.Reason));
        }

        return ModelState.IsValid || await query.ReadAsync(link, user.Person, token, cancellation) is not { } page
            ? LocalRedirect($"/join/{token}")
            : View(nameof(Index), page);
    }

    [HttpGet("with/{provider}")]
    public IActionResult SignInWith(string token, string provider) =>
        providers.Find(provider) is { } found
            ? Challenge(new SignInRound { Provider = provider, JoinToken = token }.ToProperties($"/join/{token}"), found.Scheme)
            : NotFound();
}
