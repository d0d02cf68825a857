using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.AccessRequests;

/// <summary>Where those who may grant a role answer whoever asks for it. What is not theirs to answer is not there.</summary>
[Route("/o/{organization}/account-settings/access-requests")]
public sealed class AccessRequestsController(
    AccessRequestsQuery query,
    Data.Access.AccessRequests requests,
    CurrentUser user,
    Here here,
    CommunicationWords words,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.AccessRequests)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Index(AccessRequestsFilterForm filter, CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, filter, cancellation));

    [HttpGet("{id:int}")]
    [Page(PageTable.AccessRequest)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("{id:int}/approve")]
    [Page(PageTable.AccessRequest)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Approve(int id, ApproveForm form, CancellationToken cancellation)
    {
        if (!await query.ExistsAsync(user.Member, id, cancellation))
            return NotFound();
        if (RoleCatalogue.Find(form.Role ?? "") is not { } role)
            ModelState.AddModelError(nameof(form.Role), texts["Form.ChooseFromList"]);
        else if (ModelState.IsValid)
        {
            try
            {
                var isThere = await requests.ApproveAsync(
                    user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), id, role, form.Location, LastDay.EndOf(form.Until), form.Comment, cancellation);
                return isThere ? Done(texts["Requests.Approved"]) : NotFound();
            }
            catch (RuleViolationException violation) when (FieldOf(violation.Reason) is { } field)
            {
                ModelState.AddRefusal(field, violation.Reason, words);
            }
        }

        return await AgainAsync(id, page => page with { Approve = form }, page => page.CanApprove, cancellation);
    }

    [HttpPost("{id:int}/deny")]
    [Page(PageTable.AccessRequest)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Deny(int id, DenyForm form, CancellationToken cancellation)
    {
        if (!await query.ExistsAsync(user.Member, id, cancellation))
            return NotFound();
        if (!ModelState.IsValid)
            return await AgainAsync(id, page => page with { Deny = form }, page => page.CanDeny, cancellation);
        return await requests.DenyAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), id, form.DenyReason!, cancellation)
            ? Done(texts["Requests.Denied"])
            : NotFound();
    }

    // What the form can mend; everything else says that the request is not what it was, and answers 409.
    private static string? FieldOf(Reason reason) =>
        reason == Reasons.EndDateInThePast ? nameof(ApproveForm.Until)
        : reason.Key == Reasons.NotByLocation(RoleCatalogue.DefaultUser).Key || FreshSignInTable.StepOf(reason) is not null ? nameof(ApproveForm.Role)
        : null;

    // What was typed stays; where the form is not there any more, the page says why.
    private async Task<IActionResult> AgainAsync(
        int id, Func<AccessRequestPage, AccessRequestPage> keep, Func<AccessRequestPage, bool> hasForm, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Member, id, cancellation) is not { } page)
            return NotFound();
        if (!hasForm(page))
            ModelState.Clear();
        return View(nameof(Details), keep(page));
    }

    private LocalRedirectResult Done(string message)
    {
        TempData.Say(message);
        return LocalRedirect(here.To("account-settings/access-requests"));
    }
}
