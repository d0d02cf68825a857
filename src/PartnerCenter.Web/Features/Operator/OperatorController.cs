using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>Where the program's operator publishes and watches delivery.</summary>
[OperatorsOnly]
[Route("/operator")]
public sealed class OperatorController(
    OperatorQuery query, Publisher publisher, CurrentUser user, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Operator)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ListAsync(cancellation));

    [HttpGet("communications/new")]
    [Page(PageTable.NewCommunication)]
    public async Task<IActionResult> New(CancellationToken cancellation) => View(await query.NewAsync(new PublishForm(), cancellation));

    [HttpPost("communications/new")]
    [Page(PageTable.NewCommunication)]
    public async Task<IActionResult> Publish(PublishForm form, CancellationToken cancellation)
    {
        var outcome = ModelState.IsValid
            ? await publisher.PublishAsync(form.ToDraft(), new PublishingGrant(user.Person!.Name), idempotency: null, cancellation)
            : new PublishOutcome.Refused([]);
        if (outcome is PublishOutcome.Published published)
        {
            TempData.Say(texts["Operator.Published"]);
            return RedirectToAction(nameof(Details), new { id = published.Id });
        }

        foreach (var problem in ((PublishOutcome.Refused)outcome).Problems)
            ModelState.AddModelError(problem.Field, words.Sentence(problem.Reason));
        return View(nameof(New), await query.NewAsync(form, cancellation));
    }

    [HttpGet("communications/{id:long}")]
    [Page(PageTable.PublishedCommunication)]
    public async Task<IActionResult> Details(long id, CancellationToken cancellation) =>
        await query.FindAsync(id, cancellation) is { } page ? View(page) : NotFound();
}
