using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Settings;

/// <summary>What a person sets for all their organizations.</summary>
public sealed class SettingsController(PartnerCenterDb db, CurrentUser user) : Controller
{
    [OwnAccountOnly]
    [HttpPost("/language")]
    public async Task<IActionResult> Language([FromForm] string language, [FromForm] string? returnUrl)
    {
        if (!Languages.All.Contains(language))
            return BadRequest();

        user.Person!.ReadIn(language);
        await db.SaveChangesAsync();
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
