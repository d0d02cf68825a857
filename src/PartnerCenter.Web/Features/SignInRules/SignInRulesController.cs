using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.SignInRules;

/// <summary>An organization decides which accounts of its own directory let people in, and whether others do.</summary>
[Route("/o/{organization}/account-settings/sign-in")]
public sealed class SignInRulesController(
    SignInRulesQuery query, TenantChanges changes, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
    : Controller
{
    [HttpGet("")]
    [Page(PageTable.SignInRules)]
    [RequirePermission(Permission.ManageOrganizationProfile)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member.Organization, null, cancellation));

    [HttpPost("")]
    [Page(PageTable.SignInRules)]
    [RequirePermission(Permission.ManageOrganizationProfile)]
    public async Task<IActionResult> Decide(SignInRulesForm form, CancellationToken cancellation)
    {
        try
        {
            var decision = new TenantDecision(form.Guests, form.Strangers, form.OnlyOwnAccounts);
            await changes.DecideAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), user.Session!.Tenant, decision, cancellation);
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddRefusal(nameof(form.OnlyOwnAccounts), violation.Reason, words);
            return View(nameof(Index), await query.ReadAsync(user.Member.Organization, form, cancellation));
        }

        TempData.Say(texts["SignInRules.Saved"]);
        return LocalRedirect(here.To("account-settings/sign-in"));
    }
}
