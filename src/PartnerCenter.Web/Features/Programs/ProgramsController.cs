using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Programs;

/// <summary>What the organization is enrolled in, and therefore which workspaces it has.</summary>
[Route("/o/{organization}/account-settings/programs")]
public sealed class ProgramsController(
    ProgramsQuery query, ProgramChanges changes, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
    : Controller
{
    [HttpGet("")]
    [Page(PageTable.Programs)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Index() => View(query.Read(user.Member));

    [HttpPost("{program}/enroll")]
    [RequirePermission(Permission.ManagePrograms)]
    public Task<IActionResult> Enroll(string program, CancellationToken cancellation) =>
        ChangeAsync(program, changes.EnrollAsync, texts["Programs.EnrollDone", words[$"Program.{program}"]], cancellation);

    [HttpPost("{program}/resume")]
    [RequirePermission(Permission.ManagePrograms)]
    public Task<IActionResult> Resume(string program, CancellationToken cancellation) =>
        ChangeAsync(program, changes.ResumeAsync, texts["Programs.ResumeDone", words[$"Program.{program}"]], cancellation);

    /// <summary>Says what would close, before anything does.</summary>
    [HttpGet("{program}/suspend")]
    [Page(PageTable.Program)]
    [RequirePermission(Permission.ManagePrograms)]
    public async Task<IActionResult> ConfirmSuspend(string program, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, program, isLeaving: false, cancellation) is { } page ? View("Confirm", page) : NotFound();

    [HttpPost("{program}/suspend")]
    [RequirePermission(Permission.ManagePrograms)]
    public Task<IActionResult> Suspend(string program, CancellationToken cancellation) =>
        ChangeAsync(program, changes.SuspendAsync, texts["Programs.SuspendDone", words[$"Program.{program}"]], cancellation);

    /// <summary>Says what would close, before anything does.</summary>
    [HttpGet("{program}/leave")]
    [Page(PageTable.Program)]
    [RequirePermission(Permission.ManagePrograms)]
    public async Task<IActionResult> ConfirmLeave(string program, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, program, isLeaving: true, cancellation) is { } page ? View("Confirm", page) : NotFound();

    [HttpPost("{program}/leave")]
    [RequirePermission(Permission.ManagePrograms)]
    public Task<IActionResult> Leave(string program, CancellationToken cancellation) =>
        ChangeAsync(program, changes.LeaveAsync, texts["Programs.LeaveDone", words[$"Program.{program}"]], cancellation);

    private async Task<IActionResult> ChangeAsync(
        string program, Func<int, Actor, string, CancellationToken, Task> change, string message, CancellationToken cancellation)
    {
        if (!ProgramCatalogue.All.Contains(program))
            return NotFound();

        await change(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), program, cancellation);
        TempData.Say(message);
        return LocalRedirect(here.To("account-settings/programs"));
    }
}
