using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.SignInAgain;

/// <summary>Says why a step needs a fresh sign-in, leads to it, and from there back to the form.</summary>
[OwnAccountOnly]
[Route("/sign-in/again")]
public sealed class SignInAgainController(CurrentUser user, ProofOfIdentity proof) : Controller
{
    [HttpGet("")]
    [Page(PageTable.SignInAgain)]
    public IActionResult Index(SensitiveStep? step, string? returnUrl) => View(new SignInAgainPage(
        Known(step), Url.IsLocalUrl(returnUrl) ? returnUrl : null, user.HasFreshSignIn));

    [HttpPost("")]
    public Task<IActionResult> Prove([FromForm] SensitiveStep? step, [FromForm] string? returnUrl) => proof.AskAgainAsync(
        Url.IsLocalUrl(returnUrl) ? returnUrl : Shell.Access.SignInAgain.AddressFor(Known(step)));

    // Only the sentence depends on it, and an address can say anything.
    private static SensitiveStep Known(SensitiveStep? step) =>
        step is { } named && Enum.IsDefined(named) ? named : SensitiveStep.GrantAdministrator;
}
