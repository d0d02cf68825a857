using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ContactAddress;

/// <summary>Where mail reaches a member. What a rule refuses comes back beside the field, with what was typed.</summary>
[Route("/o/{organization}/my-preferences/contact")]
public sealed class ContactAddressController(
    ContactAddressQuery query, ContactChanges changes, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
    : Controller
{
    // The field of the button that sends another mail.
    private const string Resending = "Resend";

    // Then the page is not what it was, and has no field to show it beside.
    private static readonly Reason[] FromAnotherTab = [Reasons.NothingToConfirm, Reasons.VerificationHasExpired];

    private int Organization => user.Member.Organization.Id;

    private Actor Actor => user.Member.ActorFrom(HttpContext);

    [HttpGet("")]
    [Page(PageTable.ContactAddress)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, new(), cancellation));

    [HttpPost("")]
    [Page(PageTable.ContactAddress)]
    [RequirePermission(Permission.UseActionCenter)]
    public Task<IActionResult> Enter(ContactAddressForm form, CancellationToken cancellation) =>
        TryAsync(form, nameof(form.Address), texts["Contact.Entered"], () => changes.EnterAsync(Organization, Actor, form.Address ?? "", ChangedBy.MyPreferences, cancellation), cancellation);

    [HttpPost("resend")]
    [Page(PageTable.ContactAddress)]
    [RequirePermission(Permission.UseActionCenter)]
    public Task<IActionResult> Resend(CancellationToken cancellation) =>
        TryAsync(new(), Resending, texts["Contact.Resent"], () => changes.ResendAsync(Organization, Actor, cancellation), cancellation);

    [HttpPost("confirm")]
    [EnableRateLimiting(RateLimits.VerifyContact)]
    [Page(PageTable.ContactAddress)]
    [RequirePermission(Permission.UseActionCenter)]
    public Task<IActionResult> Confirm(ContactAddressForm form, CancellationToken cancellation) =>
        TryAsync(
            form,
            nameof(form.Code),
            texts["Contact.Confirmed"],
            async () =>
            {
                if (await changes.ConfirmByCodeAsync(Organization, Actor, form.Code ?? "", cancellation) is { } wrong)
                    throw new RuleViolationException(wrong);
            },
            cancellation);

    [HttpPost("cancel")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Cancel(CancellationToken cancellation)
    {
        await changes.CancelAsync(Organization, Actor, cancellation);
        TempData.Say(texts["Contact.Cancelled"]);
        return LocalRedirect(here.To("my-preferences/contact"));
    }

    [HttpPost("sign-in-address")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> UseSignInAddress([FromForm] string? returnUrl, CancellationToken cancellation)
    {
        await changes.UseSignInAddressAsync(Organization, Actor, ChangedBy.MyPreferences, cancellation);
        TempData.Say(texts["Contact.SignInChosen", user.Member.Person.SignInAddress]);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : here.To("my-preferences/contact"));
    }

    private async Task<IActionResult> TryAsync(ContactAddressForm form, string field, string said, Func<Task> change, CancellationToken cancellation)
    {
        try
        {
            if (ModelState.IsValid)
                await change();
        }
        catch (RuleViolationException violation) when (!FromAnotherTab.Contains(violation.Reason))
        {
            ModelState.AddRefusal(field, violation.Reason, words);
        }

        if (!ModelState.IsValid)
            return View(nameof(Index), await query.ReadAsync(user.Member, form, cancellation));
        TempData.Say(said);
        return LocalRedirect(here.To("my-preferences/contact"));
    }
}
