using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Users;

/// <summary>Who is in the organization, how to reach them, and what an administrator does with a membership.</summary>
[Route("/o/{organization}/account-settings/users")]
public sealed class UsersController(
    UsersQuery query, MemberChanges changes, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Users)]
    [RequirePermission(Permission.ViewAdministrators)]
    public async Task<IActionResult> Index(UsersFilterForm filter, CancellationToken cancellation) =>
        View(await query.ListAsync(user.Member, filter, cancellation));

    [HttpGet("export.csv")]
    [RequirePermission(Permission.ViewMemberRoles)]
    public async Task Export(UsersFilterForm filter, CancellationToken cancellation)
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"members.csv\"";
        var delimiter = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        await MemberCsv.WriteAsync(Response.Body, query.ExportAsync(user.Member, filter), delimiter, cancellation);
    }

    [HttpGet("{id:int}")]
    [Page(PageTable.User)]
    [RequirePermission(Permission.ViewMemberRoles)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("{id:int}/{verb}")]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Change(int id, MembershipVerb verb, CancellationToken cancellation)
    {
        var (organization, actor) = (user.Member.Organization.Id, user.Member.ActorFrom(HttpContext));
        var isDone = await (verb switch
        {
            MembershipVerb.Resend => changes.ResendAsync(organization, actor, id, cancellation),
            MembershipVerb.Withdraw => changes.WithdrawAsync(organization, actor, id, cancellation),
            MembershipVerb.Disable => changes.DisableAsync(organization, actor, id, cancellation),
            MembershipVerb.Enable => changes.EnableAsync(organization, actor, id, cancellation),
            MembershipVerb.Remove => changes.RemoveAsync(organization, actor, id, cancellation),
            MembershipVerb.Restore => changes.RestoreAsync(organization, actor, id, cancellation),
            _ => Task.FromResult(false),
        });
        if (!isDone)
            return NotFound();
        TempData.Say(texts[$"Users.Done.{verb}"]);
        return LocalRedirect(here.To($"account-settings/users/{id}"));
    }
}
