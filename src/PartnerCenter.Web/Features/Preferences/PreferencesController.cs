using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

[Route("/o/{organization}/my-preferences")]
public sealed class PreferencesController(
    PreferencesQuery query,
    MailChoicesQuery choices,
    PartnerCenterDb db,
    CurrentUser user,
    TimeProvider time,
    Here here,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MyPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    [HttpPost("")]
    [Page(PageTable.MyPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Save(MailChoicesForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), await query.ReadAsync(user.Member, cancellation, form));

        var membership = await choices.OfAsync(user.Member, cancellation);
        form.ApplyTo(membership, user.Member.ExistingWorkspaces, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        TempData.Say(texts["Preferences.Saved"]);
        return LocalRedirect(here.To("my-preferences"));
    }
}
