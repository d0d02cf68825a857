using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.SupportDesk;

/// <summary>Where the program's operators answer the support requests of all organizations.</summary>
[OperatorsOnly]
[Route("/operator/support-requests")]
public sealed class SupportDeskController(
    SupportDeskQuery query, Data.Support.SupportRequests requests, CurrentUser user, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
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
        if (form.LacksWords)
            ModelState.AddModelError(nameof(form.Text), texts["Support.TextMissing"]);
        if (ModelState.IsValid)
        {
            try
            {
                if (!await requests.UseForProgramAsync(new Actor(user.Person!.Name), id, form.Verb!.Value, form.Text, cancellation))
                    return NotFound();
                TempData.Say(texts[$"Support.Said.{form.Verb}"]);
                return RedirectToAction(nameof(Details), new { id });
            }
            catch (RuleViolationException violation)
            {
                ModelState.AddModelError(nameof(form.Text), words.Sentence(violation.Reason));
            }
        }

        return await query.FindAsync(id, cancellation) is { } page ? View(nameof(Details), page with { Form = form }) : NotFound();
    }
}
