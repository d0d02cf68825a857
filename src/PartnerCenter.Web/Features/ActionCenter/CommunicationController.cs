using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>
/// The page of one communication, and what a member can do with it. Its address keeps the list that the reader comes from, as those of its
/// forms do.
/// </summary>
[Route("/o/{organization}/action-center/{id:long}")]
public sealed partial class CommunicationController(
    CommunicationQuery query,
    CommunicationVerbs verbs,
    CurrentUser user,
    VerbAnswers answers,
    CommunicationWords sentences,
    ILogger<CommunicationController> logger) : Controller
{
    private Reader Reader => user.Member.Reader;

    private string Me => user.Member.Person.Name;

    private string? List => Request.QueryString.Value;

    /// <summary>Following the link to a communication is reading it, if that can be noted: else it is new once more.</summary>
    [HttpGet("")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Details(long id, ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Member, id, filter, cancellation) is not { } page)
            return NotFound();
        if (!page.Communication.IsRead)
            await NoteThatItIsReadAsync(id, cancellation);
        return View(page);
    }

    [HttpPost("archive")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Archive(long id, [FromForm] string? back, CancellationToken cancellation) =>
        await verbs.ArchiveAsync(Reader, id, cancellation) ? answers.Done(this, CommunicationVerb.Archive, id, back) : NotFound();

    [HttpPost("restore")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Restore(long id, [FromForm] string? back, CancellationToken cancellation) =>
        await verbs.RestoreAsync(Reader, id, cancellation) ? answers.Done(this, CommunicationVerb.Restore, id, back) : NotFound();

    [HttpPost("unread")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> MarkUnread(long id, [FromForm] string? back, CancellationToken cancellation) =>
        await verbs.MarkUnreadAsync(Reader, id, cancellation) ? answers.Done(this, CommunicationVerb.MarkUnread, id, back) : NotFound();

    [HttpPost("wake")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Wake(long id, [FromForm] string? back, CancellationToken cancellation) =>
        await verbs.WakeAsync(Reader, id, cancellation) ? answers.Done(this, "Done.Awake", back) : NotFound();

    [HttpPost("complete")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Complete(long id, CompleteForm form, [FromQuery] ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await AgainAsync(id, filter, page => page with { Complete = form }, cancellation);
        return await verbs.CompleteAsync(Reader, id, Me, form.Note, cancellation) ? answers.Done(this, "Done.Completed", List) : NotFound();
    }

    [HttpPost("reopen")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Reopen(long id, CancellationToken cancellation) =>
        await verbs.ReopenAsync(Reader, id, Me, note: null, cancellation) ? answers.Stay(this, "Done.Reopened", id) : NotFound();

    [HttpPost("snooze")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Snooze(long id, SnoozeForm form, [FromQuery] ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Member, id, filter, cancellation) is not { } page)
            return NotFound();
        page.May(CommunicationVerb.Snooze).Enforce();
        if (ModelState.IsValid && page.MaySnoozeUntil(form.Moment).RefusedBecause is { } reason)
            ModelState.AddModelError(nameof(SnoozeForm.Until), sentences.Sentence(reason));
        if (!ModelState.IsValid)
            return View(nameof(Details), page with { Snooze = form });
        return await verbs.SnoozeAsync(Reader, id, form.Moment, cancellation) ? answers.Done(this, "Done.Snoozed", List) : NotFound();
    }

    [HttpPost("hand-over")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> HandOver(long id, HandOverForm form, [FromQuery] ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (await query.FindAsync(user.Member, id, filter, cancellation) is not { } page)
            return NotFound();
        page.May(CommunicationVerb.HandOver).Enforce();
        var colleague = page.Colleagues.FirstOrDefault(colleague => colleague.MembershipId == form.Colleague);
        if (colleague is null && form.Colleague is not null)
            ModelState.AddModelError(nameof(HandOverForm.Colleague), sentences.Sentence(Reasons.NoSuchColleague));
        if (!ModelState.IsValid)
            return View(nameof(Details), page with { HandOver = form });
        return await verbs.HandOverAsync(Reader, id, colleague!, Me, form.Message, cancellation)
            ? answers.Stay(this, "Done.HandedOver", id, colleague!.Name)
            : NotFound();
    }

    [HttpPost("accept")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Accept(long id, CancellationToken cancellation) =>
        await verbs.AcceptAsync(Reader, id, Me, cancellation) ? answers.Stay(this, "Done.Accepted", id) : NotFound();

    [HttpPost("return")]
    [Page(PageTable.Communication)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Return(long id, ReturnForm form, [FromQuery] ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await AgainAsync(id, filter, page => page with { Return = form }, cancellation);
        return await verbs.ReturnAsync(Reader, id, Me, form.Answer, cancellation) ? answers.Stay(this, "Done.Returned", id) : NotFound();
    }

    // A database that cannot write, because its disk is full or somebody else holds it, can still be read.
    private async Task NoteThatItIsReadAsync(long id, CancellationToken cancellation)
    {
        try
        {
            await verbs.ReadAsync(Reader, id, cancellation);
        }
        catch (Exception fault) when (Faults.IsDatabaseAway(fault))
        {
            LogNotNoted(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That communication {CommunicationId} was read could not be noted")]
    private partial void LogNotNoted(long communicationId);

    private async Task<IActionResult> AgainAsync(
        long id, ActionCenterFilterForm filter, Func<CommunicationPage, CommunicationPage> with, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, filter, cancellation) is { } page ? View(nameof(Details), with(page)) : NotFound();
}
