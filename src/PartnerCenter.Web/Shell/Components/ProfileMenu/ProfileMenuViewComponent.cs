using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Shell.Components.ProfileMenu;

/// <summary>Who is signed in, the directories to switch between with what waits in each, and the way out.</summary>
public sealed class ProfileMenuViewComponent(ProfileMenuQuery query) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View(await query.ReadAsync(HttpContext.RequestAborted));
}
