using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.WhereMailGoes;

/// <summary>Which mail goes where and why, and a mail to try it.</summary>
[Route("/o/{organization}/my-preferences/where-mail-goes")]
public sealed class WhereMailGoesController(
    WhereMailGoesQuery query, TestMails tests, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.WhereMailGoes)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    [HttpPost("test")]
    [Page(PageTable.WhereMailGoes)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Test(CancellationToken cancellation)
    {
        try
        {
            await tests.SendAsync(user.Member.Membership.Id, cancellation);
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddModelError(nameof(Test), words.Sentence(violation.Reason));
            return View(nameof(Index), await query.ReadAsync(user.Member, cancellation));
        }

        TempData.Say(texts["WhereMailGoes.Sent"]);
        return LocalRedirect(here.To("my-preferences/where-mail-goes"));
    }
}
