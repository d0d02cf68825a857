using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.VerifyContact;

/// <summary>
/// The link of a mail that asks for a confirmation. Programs that look at links before their reader does only ever ask: to confirm takes
/// a form. For everybody but the member whose address it is, it does not exist.
/// </summary>
[EnableRateLimiting(RateLimits.VerifyContact)]
[OwnAccountOnly]
[Route("/verify-contact/{token}")]
public sealed class VerifyContactController(
    VerifyContactQuery query, ContactChanges changes, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.VerifyContact)]
    public async Task<IActionResult> Index(string token, CancellationToken cancellation) =>
        await query.ReadAsync(user.Person!, token, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("")]
    [Page(PageTable.VerifyContact)]
    public async Task<IActionResult> Confirm(string token, CancellationToken cancellation)
    {
        if (await query.ReadAsync(user.Person!, token, cancellation) is not { } page)
            return NotFound();

        try
        {
            var actor = new Actor(user.Person!.Name, page.MembershipId, HttpContext.Connection.RemoteIpAddress?.ToString());
            await changes.ConfirmByLinkAsync(page.OrganizationId, actor, token, cancellation);
        }
        catch (RuleViolationException violation)
        {
            // The page for refusals shows what waits for the reader; this one works without it.
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View(nameof(Index), page with { IsConfirmed = false, MayConfirm = Verdict.Refused(violation.Reason) });
        }

        TempData.Say(texts["VerifyContact.Confirmed", page.OrganizationName, page.Address]);
        return LocalRedirect($"/verify-contact/{token}");
    }
}
