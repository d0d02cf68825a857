using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.DirectorySwitch;

/// <summary>The way from one directory to another.</summary>
public sealed class DirectorySwitchController(
    DirectorySwitchQuery query, PartnerCenterDb db, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    /// <summary>Leads to the page that somebody looks at in another directory, as it is in this one.</summary>
    [HttpGet("/o/{organization}/switch")]
    [RequirePermission(Permission.ViewOwnAccess)]
    public IActionResult Switch(string? page, string? inWorkspace)
    {
        if (query.Find(user.Member, page, inWorkspace) is { } address)
            return LocalRedirect(address);

        TempData.Say(texts["DirectorySwitch.NotOpenHere", user.Member.Organization.Name]);
        return LocalRedirect(here.To());
    }

    /// <summary>Says which directory opens after sign-in; saying it of the same one again takes it back.</summary>
    [OwnAccountOnly]
    [HttpPost("/directories/default")]
    public async Task<IActionResult> Default([FromForm] string? organization, [FromForm] string? returnUrl, CancellationToken cancellation)
    {
        var person = user.Person!;
        if (await query.FindDirectoryAsync(person, organization, cancellation) is not { } found)
            return NotFound();

        person.OpenFirst(person.DefaultOrganizationId == found ? null : found);
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
