using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.AccountSettings;

public sealed class AccountSettingsController(CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}/account-settings")]
    [Page(PageTable.AccountSettings)]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Index() => View(new AccountSettingsPage(user.Member.Membership, user.Member.Grants));
}
