using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Shell.Feeds;

namespace PartnerCenter.Web.Features.Feeds;

/// <summary>
/// What calendars and feed readers fetch. They cannot sign in: the secret in the address opens it, and whatever opens nothing is the
/// same 404. It is asked for often, so an unknown address costs one look-up, and what has not changed is not sent again.
/// </summary>
[EnableRateLimiting(RateLimits.Feeds)]
public sealed class FeedFilesController(FeedFilesQuery query) : Controller
{
    [HttpGet("/calendar/{secret}.ics")]
    [AllowAnonymous]
    public async Task<IActionResult> Calendar(string? secret, CancellationToken cancellation) =>
        Answer(await query.CalendarAsync(secret, cancellation), CalendarFile.ContentType);

    [HttpGet("/feeds/{secret}.atom")]
    [AllowAnonymous]
    public async Task<IActionResult> Notifications(string? secret, CancellationToken cancellation) =>
        Answer(await query.NotificationsAsync(secret, cancellation), AtomFile.ContentType);

    private IActionResult Answer(byte[]? file, string contentType)
    {
        if (file is null)
            return NotFound();

        // To be kept, but asked about each time: a role that was lost takes effect at once.
        Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(file).AsSpan(0, 16))}\"");
        return File(file, contentType, lastModified: null, tag);
    }
}
