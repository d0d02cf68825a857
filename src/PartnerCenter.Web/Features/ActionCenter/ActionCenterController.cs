using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>The Action Center: the lists, and what a member can do with several items of them at once.</summary>
[Route("/o/{organization}/action-center")]
public sealed class ActionCenterController(
    ActionCenterQuery query, CommunicationVerbs verbs, CurrentUser user, VerbAnswers answers, WorkspaceCatalogue workspaces) : Controller
{
    private Reader Reader => user.Member.Reader;

    [HttpGet("")]
    [Page(PageTable.ActionCenter)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(ActionCenterFilterForm filter, CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, filter, cancellation));

    [HttpPost("batch")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Batch(BatchForm form, CancellationToken cancellation)
    {
        if (form.Verb is not { } verb || !CommunicationVerbs.InBatches.Contains(verb))
            return BadRequest();
        return answers.After(this, verb, await verbs.DoWithAllAsync(Reader, verb, form.Ids, cancellation), form.Back);
    }

    [HttpPost("read-all")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> ReadAll([FromForm] string? back, CancellationToken cancellation)
    {
        await verbs.ReadAllAsync(Reader, cancellation);
        return answers.Done(this, "Done.AllRead", back);
    }

    /// <summary>The bell as it is now, for a page that stays open.</summary>
    /// <param name="workspace">The key of the workspace at hand.</param>
    /// <param name="back">The address of the page. It is checked where somebody is led back to it.</param>
    [HttpGet("bell")]
    [NoActivity]
    [RequirePermission(Permission.UseActionCenter)]
    public IActionResult Bell(string? workspace, string? back)
    {
        ViewData["Back"] = back;
        return ViewComponent("NotificationBell", new { workspace = workspace is null ? null : workspaces.Find(workspace) });
    }
}
