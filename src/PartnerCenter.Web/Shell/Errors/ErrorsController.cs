using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Shell.Errors;

/// <summary>One page per status, and the same as a problem document (RFC 9457) for the API. Neither says what failed inside.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController : Controller
{
    private static readonly int[] Known = [400, 403, 404, 405, 409, 413, 415, 429, 500, 503];

    /// <summary>Shows what became of another request. Whoever asks for this address itself has asked for nothing that is here.</summary>
    [Route("/error/{status:int}")]
    [IgnoreAntiforgeryToken]
    public IActionResult Show(int status) =>
        HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } fault ? Answer(Response.StatusCode, fault.Path)
        : HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } refusal ? Answer(status, refusal.OriginalPath)
        : Answer(StatusCodes.Status404NotFound, HttpContext.Request.Path);

    private ActionResult Answer(int status, string path)
    {
        if (Faults.RetryAfter(status) is { } seconds)
            Response.Headers.RetryAfter = seconds;
        if (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
            return Problem(statusCode: status);

        Response.StatusCode = status;
        return View("/Shell/Errors/Status.cshtml", Known.Contains(status) ? status : status < 500 ? 400 : 500);
    }
}
