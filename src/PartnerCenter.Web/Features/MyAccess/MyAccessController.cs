using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MyAccess;

[Route("/o/{organization}/my-access")]
public sealed class MyAccessController(
    MyAccessQuery query, Data.Access.AccessRequests requests, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MyAccess)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    [HttpGet("ask")]
    [Page(PageTable.AskForAccess)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Ask(string? role, string? workspace, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, new AskForAccessForm { Role = role, Workspace = workspace }, cancellation));

    [HttpPost("ask")]
    [Page(PageTable.AskForAccess)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Submit(AskForAccessForm form, CancellationToken cancellation)
    {
        var (role, workspace) = (MyAccessQuery.RoleOf(form), MyAccessQuery.WorkspaceOf(user.Member, form));
        if (role is null && (workspace is null || !string.IsNullOrEmpty(form.Role)))
            ModelState.AddModelError(nameof(form.Role), texts["Form.ChooseFromList"]);
        if (ModelState.IsValid)
        {
            try
            {
                await requests.SubmitAsync(
                    user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), role, workspace, form.Reason!, LastDay.EndOf(form.Until), cancellation);
                TempData.Say(texts["Ask.Sent"]);
                return LocalRedirect(here.To("my-access"));
            }
            catch (RuleViolationException violation)
            {
                var field = violation.Reason == Reasons.EndDateInThePast ? nameof(form.Until) : nameof(form.Role);
                ModelState.AddModelError(field, words.Sentence(violation.Reason));
            }
        }

        return View(nameof(Ask), await query.ReadAsync(user.Member, form, cancellation));
    }

    [HttpPost("requests/{id:int}/withdraw")]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Withdraw(int id, CancellationToken cancellation)
    {
        if (!await requests.WithdrawAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), id, cancellation))
            return NotFound();
        TempData.Say(texts["Requests.Withdrawn"]);
        return LocalRedirect(here.To("my-access"));
    }
}
