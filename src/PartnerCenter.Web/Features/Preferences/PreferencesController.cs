using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <summary>My preferences: shown until somebody wants to edit them, and saved once they have seen what would change.</summary>
[Route("/o/{organization}/my-preferences")]
public sealed class PreferencesController(
    PreferencesQuery query, MailChoicesCheck check, MailChoicesSaver saver, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MyPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    /// <param name="defaults">Fills the form with what a new member wants; nothing is saved yet.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    [HttpGet("edit")]
    [Page(PageTable.EditPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Edit(bool defaults, CancellationToken cancellation)
    {
        var page = await query.ReadAsync(user.Member, cancellation);
        if (defaults)
            page.Choices.Form.WantEverything(user.Member.ExistingWorkspaces);
        return View(page);
    }

    /// <summary>Goes on editing what was typed.</summary>
    [HttpPost("edit")]
    [Page(PageTable.EditPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> EditAgain(MailChoicesForm form, CancellationToken cancellation) =>
        View(nameof(Edit), await query.ReadAsync(user.Member, cancellation, form));

    /// <summary>Shows what would change.</summary>
    [HttpPost("review")]
    [Page(PageTable.EditPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Review(MailChoicesForm form, CancellationToken cancellation)
    {
        check.Check(form, ModelState);
        if (!ModelState.IsValid)
            return await EditAgain(form, cancellation);
        var review = await query.ReviewAsync(user.Member, form, cancellation);
        if (review.Changes.Count > 0)
            return View(review);
        TempData.Say(texts["Preferences.NothingChanged"]);
        return LocalRedirect(here.To("my-preferences"));
    }

    [HttpPost("")]
    [Page(PageTable.EditPreferences)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Save(MailChoicesForm form, CancellationToken cancellation)
    {
        check.Check(form, ModelState);
        if (!ModelState.IsValid)
            return await EditAgain(form, cancellation);

        await saver.SaveAsync(user.Member, form, ChangedBy.MyPreferences, also: _ => { }, cancellation);
        TempData.Say(texts["Preferences.Saved"]);
        return LocalRedirect(here.To("my-preferences"));
    }
}
