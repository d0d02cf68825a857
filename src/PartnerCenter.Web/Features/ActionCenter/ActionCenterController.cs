using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>The Action Center: the lists, the page of one communication, and what a member can do with it.</summary>
[Route("/o/{organization}/action-center")]
public sealed class ActionCenterController(
    ActionCenterQuery query, CommunicationVerbs verbs, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    private Reader Reader => user.Member.Reader;

    [HttpGet("")]
    [Page(PageTable.ActionCenter)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(ActionCenterFilterForm filter, CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, filter, cancellation));

    /// <summary>Following the link to a communication is reading it.</summary>
    [HttpGet("{id:long}")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Details(long id, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Member, id, cancellation) is not { } page)
            return NotFound();
        if (!page.Communication.IsRead)
            await verbs.ReadAsync(Reader, id, cancellation);
        return View(page);
    }

    [HttpPost("{id:long}/archive")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Archive(long id, CancellationToken cancellation) =>
        await verbs.ArchiveAsync(Reader, id, cancellation) ? Done(texts["Done.Archived"]) : NotFound();

    [HttpPost("{id:long}/restore")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Restore(long id, CancellationToken cancellation) =>
        await verbs.RestoreAsync(Reader, id, cancellation) ? Done(texts["Done.Restored"]) : NotFound();

    [HttpPost("{id:long}/complete")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Complete(long id, CompleteForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await query.FindAsync(user.Member, id, cancellation) is { } page ? View(nameof(Details), page with { Form = form }) : NotFound();
        return await verbs.CompleteAsync(Reader, id, user.Member.Person.Name, form.Note, cancellation) ? Done(texts["Done.Completed"]) : NotFound();
    }

    [HttpPost("read-all")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> ReadAll(CancellationToken cancellation)
    {
        await verbs.ReadAllAsync(Reader, cancellation);
        return Done(texts["Done.AllRead"]);
    }

    private LocalRedirectResult Done(string message)
    {
        TempData.Say(message);
        return LocalRedirect(here.To("action-center"));
    }
}
