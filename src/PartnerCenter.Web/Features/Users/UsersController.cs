using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Users;

/// <summary>User management: the list, the page of one member, and what an administrator can do with a membership.</summary>
[Route("/o/{organization}/account-settings/users")]
public sealed class UsersController(
    UsersQuery list,
    UserQuery query,
    MemberChanges members,
    CurrentUser user,
    TimeProvider time,
    Here here,
    CommunicationWords sentences,
    IStringLocalizer<PortalTexts> texts) : Controller
{
    private const string AllUsers = "account-settings/users";

    private int Organization => user.Member.Organization.Id;

    private Actor Me => user.Member.ActorFrom(HttpContext);

    [HttpGet("")]
    [Page(PageTable.Users)]
    [RequirePermission(Permission.ViewAdministrators)]
    public async Task<IActionResult> Index(UsersFilterForm filter, CancellationToken cancellation) =>
        View(await list.ListAsync(user.Member, filter, cancellation));

    [HttpGet("export.csv")]
    [RequirePermission(Permission.ViewMemberRoles)]
    public MemberCsvDownload Export(UsersFilterForm filter) =>
        new($"users-{user.Member.Organization.Key}-{time.GetUtcNow():yyyy-MM-dd}", list.ExportAsync(user.Member, filter));

    [HttpGet("{id:int}")]
    [Page(PageTable.User)]
    [RequirePermission(Permission.ViewMemberRoles)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("{id:int}/resend")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Resend(int id, CancellationToken cancellation) =>
        Done(await members.ResendAsync(Organization, Me, id, cancellation), id, MembershipVerb.Resend);

    [HttpPost("{id:int}/withdraw")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Withdraw(int id, CancellationToken cancellation) =>
        Done(await members.WithdrawAsync(Organization, Me, id, cancellation), id, MembershipVerb.Withdraw);

    [HttpPost("{id:int}/end-sessions")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> EndSessions(int id, CancellationToken cancellation) =>
        Done(await members.EndSessionsAsync(Organization, Me, id, cancellation), id, MembershipVerb.EndSessions);

    [HttpPost("{id:int}/block")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Block(int id, CancellationToken cancellation) =>
        Done(await members.DisableAsync(Organization, Me, id, cancellation), id, MembershipVerb.Disable);

    [HttpPost("{id:int}/unblock")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Unblock(int id, CancellationToken cancellation) =>
        Done(await members.EnableAsync(Organization, Me, id, cancellation), id, MembershipVerb.Enable);

    [HttpPost("{id:int}/remove")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Remove(int id, CancellationToken cancellation) =>
        Done(await members.RemoveAsync(Organization, Me, id, cancellation), id, MembershipVerb.Remove);

    [HttpPost("{id:int}/restore")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Restore(int id, CancellationToken cancellation) =>
        Done(await members.RestoreAsync(Organization, Me, id, cancellation), id, MembershipVerb.Restore);

    [HttpPost("{id:int}/guest-end")]
    [Page(PageTable.User)]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> ChangeGuestEnd(int id, GuestEndForm form, CancellationToken cancellation)
    {
        if (ModelState.IsValid && await TryChangeGuestEndAsync(id, form, cancellation) is { } isThere)
            return isThere ? Back(id, texts["User.Done.GuestEnd"]) : NotFound();
        return await query.FindAsync(user.Member, id, cancellation) is { GuestEnd: not null } page
            ? View(nameof(Details), page with { Form = form })
            : NotFound();
    }

    private async Task<bool?> TryChangeGuestEndAsync(int id, GuestEndForm form, CancellationToken cancellation)
    {
        try
        {
            return await members.ChangeGuestEndAsync(Organization, Me, id, form.EndsAt, cancellation);
        }
        catch (RuleViolationException violation) when (violation.Reason == Reasons.EndDateInThePast)
        {
            ModelState.AddModelError(nameof(GuestEndForm.LastDay), sentences.Sentence(violation.Reason));
            return null;
        }
    }

    private IActionResult Done(bool isThere, int id, MembershipVerb verb) => isThere ? Back(id, texts[$"User.Done.{verb}"]) : NotFound();

    // Whoever has just removed themselves has no page here any more.
    private LocalRedirectResult Back(int id, string message)
    {
        TempData.Say(message);
        return LocalRedirect(id == user.Member.Membership.Id ? "/" : here.To($"{AllUsers}/{id}"));
    }
}
