using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Shell.Errors;

/// <summary>One page per status, and the same as a problem document (RFC 9457) for the API. Neither says what failed inside.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController : Controller
{
    private static readonly int[] Known = [400, 403, 404, 405, 409, 413, 415, 429, 500, 503];

    [Route("/error/{status:int}")]
    [IgnoreAntiforgeryToken]
    public IActionResult Show(int status)
    {
        var original = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (original?.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) == true)
            return Problem(statusCode: status);

        Response.StatusCode = status;
        return View("/Shell/Errors/Status.cshtml", Known.Contains(status) ? status : status < 500 ? 400 : 500);
    }
}
