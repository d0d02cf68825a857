using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Workspaces;

public sealed class WorkspacesController(WorkspaceQuery query, CurrentUser user, Here here) : Controller
{
    /// <summary>
    /// The home of a workspace, which may be a page of its own. One that the organization does not have is not there; one that no role of
    /// mine opens is refused.
    /// </summary>
    [HttpGet("/o/{organization}/workspaces/{workspace}")]
    [Page(PageTable.Workspace)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Index(string workspace, CancellationToken cancellation)
    {
        if (user.Member.ExistingWorkspaces.FirstOrDefault(candidate => candidate.Key == workspace) is not { } found)
            return NotFound();
        if (PageTable.HasOwnHome(found))
            return LocalRedirect(here.ToWorkspace(found));
        return user.Member.MayOpen(found) ? View(await query.ReadAsync(user.Member, found, cancellation)) : Forbid();
    }
}
