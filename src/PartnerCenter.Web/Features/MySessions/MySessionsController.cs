using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.MySessions;

/// <summary>Where somebody is signed in, and how they end that from here.</summary>
[OwnAccountOnly]
[Route("/my-sessions")]
public sealed class MySessionsController(MySessionsQuery query, SessionEndings endings, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    private string Current => user.Session!.IdHash;

    private string? From => HttpContext.Connection.RemoteIpAddress?.ToString();

    [HttpGet("")]
    [Page(PageTable.MySessions)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Session!, cancellation));

    /// <summary>Ends one session elsewhere. That of this browser ends by signing out, which also clears its cookie.</summary>
    [HttpPost("end")]
    public async Task<IActionResult> End([FromForm] string? session, CancellationToken cancellation)
    {
        var current = Current;
        return Done(await endings.EndOwnAsync(user.Person!, one => one.IdHash == session && one.IdHash != current, From, cancellation));
    }

    [HttpPost("end-others")]
    public async Task<IActionResult> EndOthers(CancellationToken cancellation)
    {
        var current = Current;
        return Done(await endings.EndOwnAsync(user.Person!, one => one.IdHash != current, From, cancellation));
    }

    private LocalRedirectResult Done(int ended)
    {
        TempData.Say(ended == 1 ? texts["Sessions.EndedOne"] : texts["Sessions.Ended", ended]);
        return LocalRedirect("/my-sessions");
    }
}
