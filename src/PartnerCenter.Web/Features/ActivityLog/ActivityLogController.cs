using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ActivityLog;

/// <summary>Who did what to whom in this organization.</summary>
[Route("/o/{organization}/account-settings/activity-log")]
public sealed class ActivityLogController(ActivityLogQuery query, CurrentUser user) : Controller
{
    [HttpGet("")]
    [Page(PageTable.ActivityLog)]
    [RequirePermission(Permission.ViewActivityLog)]
    public async Task<IActionResult> Index(ActivityLogFilterForm filter, CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, filter, cancellation));

    [HttpGet("export")]
    [RequirePermission(Permission.ViewActivityLog)]
    public IActionResult Export(ActivityLogFilterForm filter) =>
        new CsvFile($"{user.Member.Organization.Key}-activity-log", query.Header, query.ExportAsync(user.Member, filter));
}
