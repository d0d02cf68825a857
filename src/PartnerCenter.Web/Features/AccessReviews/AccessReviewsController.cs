using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.AccessReviews;

/// <summary>Administrators look at who has what, and keep or remove each grant.</summary>
[Route("/o/{organization}/account-settings/access-reviews")]
public sealed class AccessReviewsController(
    AccessReviewsQuery query,
    Data.Access.AccessReviews reviews,
    CurrentUser user,
    Here here,
    CommunicationWords words,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    private int OrganizationId => user.Member.Organization.Id;

    private Actor Actor => user.Member.ActorFrom(HttpContext);

    [HttpGet("")]
    [Page(PageTable.AccessReviews)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, new StartReviewForm(), cancellation));

    [HttpPost("")]
    [Page(PageTable.AccessReviews)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Start(StartReviewForm form, CancellationToken cancellation)
    {
        try
        {
            var id = await reviews.StartAsync(OrganizationId, Actor, form.Role, form.WorkspaceIn(user.Member.ExistingWorkspaces), cancellation);
            return Done(texts["AccessReviews.Started"], id.ToString(CultureInfo.InvariantCulture));
        }
        catch (RuleViolationException violation) when (violation.Reason == Reasons.ChooseWhatToReview || violation.Reason == Reasons.NobodyToReview)
        {
            ModelState.AddModelError(nameof(StartReviewForm.Of), words.Sentence(violation.Reason));
            return View(nameof(Index), await query.ListAsync(user.Member, form, cancellation));
        }
    }

    [HttpGet("{id:int}")]
    [Page(PageTable.AccessReview)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Details(int id, int page, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, page, cancellation) is { } found ? View(found) : NotFound();

    [HttpPost("{id:int}/grants/{item:int}/keep")]
    [RequirePermission(Permission.AssignRoles)]
    public Task<IActionResult> Keep(int id, int item, int page, CancellationToken cancellation) =>
        DecideAsync(id, item, ReviewDecision.Keep, page, texts["AccessReviews.Kept"], cancellation);

    [HttpPost("{id:int}/grants/{item:int}/remove")]
    [RequirePermission(Permission.AssignRoles)]
    public Task<IActionResult> Remove(int id, int item, int page, CancellationToken cancellation) =>
        DecideAsync(id, item, ReviewDecision.Remove, page, texts["AccessReviews.Removed"], cancellation);

    [HttpPost("{id:int}/close")]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Close(int id, CancellationToken cancellation) =>
        await reviews.CloseAsync(OrganizationId, Actor, id, cancellation)
            ? Done(texts["AccessReviews.Closed"], id.ToString(CultureInfo.InvariantCulture))
            : NotFound();

    [HttpGet("{id:int}/evidence")]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Evidence(int id, CancellationToken cancellation) =>
        await query.EvidenceAsync(user.Member, id, cancellation) is { } rows
            ? new CsvFile($"{user.Member.Organization.Key}-access-review-{id.ToString(CultureInfo.InvariantCulture)}", query.Header, rows)
            : NotFound();

    private async Task<IActionResult> DecideAsync(int id, int item, ReviewDecision decision, int page, string message, CancellationToken cancellation) =>
        await reviews.DecideAsync(OrganizationId, Actor, id, item, decision, cancellation)
            ? Done(message, string.Create(CultureInfo.InvariantCulture, $"{id}?page={Math.Max(page, 1)}#grant-{item}"))
            : NotFound();

    private LocalRedirectResult Done(string message, string path)
    {
        TempData.Say(message);
        return LocalRedirect(here.To($"account-settings/access-reviews/{path}"));
    }
}
