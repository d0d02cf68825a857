using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.SupportRequests;

/// <summary>Where members ask the program for help, and go on writing until they have it.</summary>
[Route("/o/{organization}/help-support/requests")]
public sealed class SupportRequestsController(
    SupportRequestsQuery query,
    Data.Support.SupportRequests requests,
    SupportNotes notes,
    CurrentUser user,
    Here here,
    CommunicationWords words,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.SupportRequests)]
    [RequirePermission(Permission.UseSupport)]
    public async Task<IActionResult> Index(SupportFilterForm filter, CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, filter, cancellation));

    [HttpGet("new")]
    [Page(PageTable.NewSupportRequest)]
    [RequirePermission(Permission.UseSupport)]
    public IActionResult New(SupportTopicForm topic)
    {
        // Whoever only comes to ask has not forgotten anything yet.
        if (!Request.Query.ContainsKey(nameof(topic.Summary)))
            ModelState.Clear();
        else
            RequireWorkspace(topic);
        return View(query.New(user.Member, SupportRequestForm.About(topic), hasTopic: topic.Summary is not null && ModelState.IsValid));
    }

    [HttpPost("new")]
    [Page(PageTable.NewSupportRequest)]
    [RequirePermission(Permission.UseSupport)]
    public async Task<IActionResult> Submit(SupportRequestForm form, CancellationToken cancellation)
    {
        RequireWorkspace(form);
        if (ModelState.IsValid)
        {
            try
            {
                var id = await requests.SubmitAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), form.ToDraft(), cancellation);
                TempData.Say(texts["Support.Submitted", id]);
                return LocalRedirect(here.To($"help-support/requests/{id}"));
            }
            catch (RuleViolationException violation)
            {
                ModelState.AddModelError(nameof(form.Summary), words.Sentence(violation.Reason));
            }
        }

        return View(nameof(New), query.New(user.Member, form, hasTopic: true));
    }

    [HttpGet("{id:int}")]
    [Page(PageTable.SupportRequest)]
    [RequirePermission(Permission.UseSupport)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("{id:int}")]
    [Page(PageTable.SupportRequest)]
    [RequirePermission(Permission.UseSupport)]
    public async Task<IActionResult> Write(int id, SupportNoteForm form, CancellationToken cancellation)
    {
        var (organization, actor) = (user.Member.Organization.Id, user.Member.ActorFrom(HttpContext));
        if (await notes.TryWriteAsync(form, ModelState, verb => requests.UseAsync(organization, actor, id, verb, form.Text, cancellation)))
        {
            TempData.Say(texts[$"Support.Said.{form.Verb}"]);
            return LocalRedirect(here.To($"help-support/requests/{id}"));
        }

        return await query.FindAsync(user.Member, id, cancellation) is { } page ? View(nameof(Details), page with { Form = form }) : NotFound();
    }

    private void RequireWorkspace(SupportTopicForm topic)
    {
        if (topic.Workspace is { } key && user.Member.ExistingWorkspaces.All(workspace => workspace.Key != key))
            ModelState.AddModelError(nameof(topic.Workspace), texts["Form.ChooseFromList"]);
    }
}
