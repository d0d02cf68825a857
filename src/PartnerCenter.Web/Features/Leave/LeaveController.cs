using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Leave;

/// <summary>The way out of an organization, for whoever is in it.</summary>
[Route("/o/{organization}/account-settings/leave")]
public sealed class LeaveController(MemberChanges members, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Leave)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Index() => View(new LeavePage(user.Member.Organization, user.Member.Grants));

    [HttpPost("")]
    [Page(PageTable.Leave)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public async Task<IActionResult> Leave(CancellationToken cancellation)
    {
        var left = user.Member.Organization;
        await members.LeaveAsync(left.Id, user.Member.ActorFrom(HttpContext), cancellation);
        TempData.Say(texts["Leave.Done", left.Name]);
        return LocalRedirect("/");
    }
}
