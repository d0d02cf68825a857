using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Welcome;

/// <summary>The first visit: what a member decides about mail before it comes, in one page that can be skipped.</summary>
[Route("/o/{organization}/welcome")]
public sealed class WelcomeController(
    WelcomeQuery query,
    MailChoicesQuery choices,
    MailChoicesCheck check,
    MailChoicesSaver saver,
    ContactChanges contacts,
    PartnerCenterDb db,
    CurrentUser user,
    TimeProvider time,
    Here here,
    CommunicationWords words,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [HttpGet("")]
    [Page(PageTable.Welcome)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    [HttpPost("")]
    [Page(PageTable.Welcome)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Save(WelcomeForm form, CancellationToken cancellation)
    {
        check.Check(form, ModelState);
        if (ModelState.IsValid)
            await ChooseAddressAsync(form, cancellation);
        if (!ModelState.IsValid)
            return View(nameof(Index), await query.ReadAsync(user.Member, cancellation, form));

        var membership = await saver.SaveAsync(user.Member, form, ChangedBy.FirstVisit, also: membership => membership.SetUp(Now), cancellation);
        TempData.Say(texts["Preferences.Saved"]);
        return LocalRedirect(here.To(membership.PendingContact is null ? "" : "my-preferences/contact"));
    }

    [HttpPost("skip")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Skip(CancellationToken cancellation)
    {
        (await choices.OfAsync(user.Member, cancellation)).SetUp(Now);
        await db.SaveChangesAsync(cancellation);
        TempData.Say(texts["Welcome.Skipped"]);
        return LocalRedirect(here.To());
    }

    private async Task ChooseAddressAsync(WelcomeForm form, CancellationToken cancellation)
    {
        var (organization, actor) = (user.Member.Organization.Id, user.Member.ActorFrom(HttpContext));
        try
        {
            if (!form.UsesOther)
                await contacts.UseSignInAddressAsync(organization, actor, ChangedBy.FirstVisit, cancellation);
            else if (!(await query.ReadAsync(user.Member, cancellation)).Contact.Is(form.Address))
                await contacts.EnterAsync(organization, actor, form.Address ?? "", ChangedBy.FirstVisit, cancellation);
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddRefusal(nameof(form.Address), violation.Reason, words);
        }
    }
}
