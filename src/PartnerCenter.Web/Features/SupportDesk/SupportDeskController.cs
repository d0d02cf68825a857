using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.SupportDesk;

/// <summary>Where the program's operators answer the support requests of all organizations.</summary>
[OperatorsOnly]
[Route("/operator/support-requests")]
public sealed class SupportDeskController(
    SupportDeskQuery query, Data.Support.SupportRequests requests, SupportNotes notes, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.SupportDesk)]
    public async Task<IActionResult> Index(SupportFilterForm filter, CancellationToken cancellation) => View(await query.ListAsync(filter, cancellation));

    [HttpGet("{id:int}")]
    [Page(PageTable.SupportDeskRequest)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(id, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("{id:int}")]
    [Page(PageTable.SupportDeskRequest)]
    public async Task<IActionResult> Write(int id, SupportNoteForm form, CancellationToken cancellation)
    {
        var actor = new Actor(user.Person!.Name);
        if (await notes.TryWriteAsync(form, ModelState, verb => requests.UseForProgramAsync(actor, id, verb, form.Text, cancellation)))
        {
            TempData.Say(texts[$"Support.Said.{form.Verb}"]);
            return RedirectToAction(nameof(Details), new { id });
        }

        return await query.FindAsync(id, cancellation) is { } page ? View(nameof(Details), page with { Form = form }) : NotFound();
    }
}
