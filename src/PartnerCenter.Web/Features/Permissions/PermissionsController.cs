using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Permissions;

public sealed class PermissionsController(PermissionsQuery query, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/account-settings/permissions")]
    [Page(PageTable.Permissions)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Index(QuestionForm question, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, question, cancellation));

    [HttpGet("/o/{organization}/account-settings/users/{id:int}/permissions")]
    [Page(PageTable.UserPermissions)]
    [RequirePermission(Permission.ViewMemberRoles)]
    public async Task<IActionResult> Details(int id, QuestionForm question, CancellationToken cancellation) =>
        await query.FindAsync(user.Member, id, question, cancellation) is { } page ? View(nameof(Index), page) : NotFound();
}
