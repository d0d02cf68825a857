using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.Settings;

/// <summary>What a person sets for all their organizations, and for the browser at hand.</summary>
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
        BrowserChoice.Language.Write(Response, language);
        return Back(returnUrl);
    }

    [OwnAccountOnly]
    [HttpPost("/theme")]
    public IActionResult Theme([FromForm] string theme, [FromForm] string? returnUrl) => Choose(BrowserChoice.Theme, theme, returnUrl);

    [OwnAccountOnly]
    [HttpPost("/density")]
    public IActionResult Density([FromForm] string density, [FromForm] string? returnUrl) => Choose(BrowserChoice.Density, density, returnUrl);

    private IActionResult Choose(BrowserChoice choice, string chosen, string? returnUrl)
    {
        if (!choice.All.Contains(chosen))
            return BadRequest();

        choice.Write(Response, chosen);
        return Back(returnUrl);
    }

    private LocalRedirectResult Back(string? returnUrl) => LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
}
