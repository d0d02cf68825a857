using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.PersonSessions;

/// <summary>Where those who run the program sign somebody out everywhere, whichever organization they work for.</summary>
[OperatorsOnly]
[Route("/operator/sessions")]
public sealed class PersonSessionsController(PersonSessionsQuery query, SessionEndings endings, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.PersonSessions)]
    public async Task<IActionResult> Index(string? address, CancellationToken cancellation) => View(await query.ReadAsync(address, cancellation));

    [HttpPost("end")]
    public async Task<IActionResult> End([FromForm] int person, CancellationToken cancellation)
    {
        if (await query.AddressOfAsync(person, cancellation) is not { } address)
            return NotFound();

        var ended = await endings.EndAllAsync(person, new Actor(user.Person!.Name, From: HttpContext.Connection.RemoteIpAddress?.ToString()), cancellation);
        TempData.Say(ended == 1 ? texts["Sessions.EndedOne"] : texts["Sessions.Ended", ended]);
        return LocalRedirect($"/operator/sessions?address={Uri.EscapeDataString(address)}");
    }
}
