using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>Shows who would get mail about what the operator is writing, before it is published. Nothing is saved on the way.</summary>
[OperatorsOnly]
[Route("/operator/communications")]
public sealed class SimulateController(
    SimulateQuery query, OperatorQuery drafts, Publisher publisher, CurrentUser user, CommunicationWords words) : Controller
{
    [HttpPost("simulate")]
    [Page(PageTable.SimulatedCommunication)]
    public async Task<IActionResult> Index(PublishForm form, CancellationToken cancellation) =>
        await PlanAsync(form, cancellation) is { } planned ? View("Simulate", await query.ReadAsync(form, planned, cancellation)) : await EditAsync(form, cancellation);

    [HttpPost("simulate/export")]
    [Page(PageTable.NewCommunication)]
    public async Task<IActionResult> Export(PublishForm form, CancellationToken cancellation) =>
        await PlanAsync(form, cancellation) is { } planned ? new CsvFile("who-gets-mail", query.Header, query.ExportAsync(planned, cancellation)) : await EditAsync(form, cancellation);

    /// <summary>Goes back to writing, with everything that was typed.</summary>
    [HttpPost("edit")]
    [Page(PageTable.NewCommunication)]
    public Task<IActionResult> Edit(PublishForm form, CancellationToken cancellation) => EditAsync(form, cancellation);

    private async Task<IActionResult> EditAsync(PublishForm form, CancellationToken cancellation) => View("New", await drafts.NewAsync(form, cancellation));

    // Null when it could not be published; the form then says why.
    private async Task<Communication?> PlanAsync(PublishForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return null;
        var plan = await publisher.PlanAsync(form.ToDraft(), new PublishingGrant(user.Person!.Name), cancellation);
        foreach (var problem in plan.Problems)
            ModelState.AddModelError(problem.Field, words.Sentence(problem.Reason));
        return plan.Communication;
    }
}
