using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MyProfile;

/// <summary>Who somebody is in the portal, in all of their directories.</summary>
[OwnAccountOnly]
[Route("/my-profile")]
public sealed class MyProfileController(MyProfileQuery query, PartnerCenterDb db, PersonalData data, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.MyProfile)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Person!, new NameForm { Name = user.Person!.Name }, cancellation));

    /// <summary>Everything that the portal keeps about whoever asks.</summary>
    [HttpGet("data")]
    public IActionResult Data() => new PersonalDataFile(data, user.Person!.Id);

    [HttpPost("")]
    [Page(PageTable.MyProfile)]
    public async Task<IActionResult> Rename(NameForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), await query.ReadAsync(user.Person!, form, cancellation));

        user.Person!.CallBy(form.Name);
        await db.SaveChangesAsync(cancellation);
        TempData.Say(texts["MyProfile.Saved"]);
        return LocalRedirect("/my-profile");
    }
}
