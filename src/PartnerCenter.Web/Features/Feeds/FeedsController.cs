using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Feeds;

/// <summary>Where a member makes, renews and revokes the private addresses of their calendar and their feed.</summary>
[Route("/o/{organization}/action-center/calendar")]
public sealed class FeedsController(FeedsQuery query, FeedLinks links, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    private int Membership => user.Member.Membership.Id;

    [HttpGet("")]
    [Page(PageTable.Calendar)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        View(await query.ReadAsync(user.Member, kind => TempData[SecretOf(kind)] as string, cancellation));

    [HttpPost("")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Renew(FeedKind? kind, CancellationToken cancellation)
    {
        if (kind is not { } asked || !Enum.IsDefined(asked))
            return NotFound();

        // It survives the redirect in the sealed cookie of the flash message, and no longer.
        TempData[SecretOf(asked)] = await links.RenewAsync(Membership, asked, cancellation);
        TempData.Say(texts["Feeds.Made"]);
        return LocalRedirect(here.To("action-center/calendar"));
    }

    [HttpPost("revoke")]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Revoke(FeedKind? kind, CancellationToken cancellation)
    {
        if (kind is not { } asked || !await links.RevokeAsync(Membership, asked, cancellation))
            return NotFound();

        TempData.Say(texts["Feeds.Revoked"]);
        return LocalRedirect(here.To("action-center/calendar"));
    }

    private string SecretOf(FeedKind kind) => $"feed-{kind}-{Membership}";
}
