using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Unsubscribe;

/// <summary>
/// The unsubscribe link of optional mail. Programs that look at links before their reader does only ever ask: to turn mail off takes a
/// form, or the POST that a mail program sends for its reader (RFC 8058), without cookie, redirect or sign-in.
/// </summary>
/// <remarks>The sealed token is what opens it. It can be made to turn mail off, or on again within the hour, and nothing else.</remarks>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Unsubscribe)]
[IgnoreAntiforgeryToken]
[RequestSizeLimit(RequestSizes.LargestUnsubscription)]
[Route("/unsubscribe/{token}")]
public sealed class UnsubscribeController(UnsubscribeQuery query, UnsubscribeLinks links, OptOutChanges changes) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Unsubscribe)]
    public async Task<IActionResult> Index(string token, CancellationToken cancellation) =>
        await query.ReadAsync(token, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("")]
    [Page(PageTable.Unsubscribe)]
    public Task<IActionResult> TurnOff(string token, CancellationToken cancellation) =>
        DoAsync(token, changes.UnsubscribeAsync, cancellation);

    [HttpPost("undo")]
    [Page(PageTable.Unsubscribe)]
    public Task<IActionResult> Undo(string token, CancellationToken cancellation) => DoAsync(token, changes.UndoAsync, cancellation);

    private async Task<IActionResult> DoAsync(string token, Func<Unsubscription, CancellationToken, Task> change, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } what || await query.ReadAsync(token, cancellation) is null)
            return NotFound();

        Reason? refused = null;
        try
        {
            await change(what, cancellation);
        }
        catch (RuleViolationException violation)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            refused = violation.Reason;
        }

        return View(nameof(Index), (await query.ReadAsync(token, cancellation))! with { IsAnswer = true, Refused = refused });
    }
}
