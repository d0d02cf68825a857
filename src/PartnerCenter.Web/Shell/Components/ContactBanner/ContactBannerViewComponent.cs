using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Shell.Components.ContactBanner;

/// <summary>
/// Asks the member where mail reaches them for sure, until they have confirmed an address or said that the one they sign in with is
/// right. It reads nothing beyond the membership of the request.
/// </summary>
public sealed class ContactBannerViewComponent(Here here, TimeProvider time) : ViewComponent
{
    public IViewComponentResult Invoke()
    {
        var (membership, now) = (here.Member!.Membership, time.GetUtcNow().UtcDateTime);
        return membership.OwesContactAt(now) ? View(ContactStanding.Of(membership, now)) : Content("");
    }
}
