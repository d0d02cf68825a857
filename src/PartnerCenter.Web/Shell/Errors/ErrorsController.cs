using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Shell.Errors;

/// <summary>One page per status, and the same as a problem document (RFC 9457) for the API. Neither says what failed inside.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController(CurrentUser user, AccessHelpQuery help) : Controller
{
    private static readonly int[] Known = [400, 403, 404, 405, 409, 413, 415, 429, 500, 503];

    /// <summary>
    /// Shows what became of another request. Whoever asks for this address itself has asked for nothing that is here. The status is not
    /// bound: where the form of that request cannot be read, nothing is.
    /// </summary>
    [Route("/error/{status:int}")]
    [IgnoreAntiforgeryToken]
    public Task<IActionResult> Show() =>
        HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } fault ? AnswerAsync(Response.StatusCode, fault.Path, HttpContext.RequestAborted)
        : HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } refusal ? AnswerAsync(refusal.OriginalStatusCode, refusal.OriginalPath, HttpContext.RequestAborted)
        : AnswerAsync(StatusCodes.Status404NotFound, HttpContext.Request.Path, HttpContext.RequestAborted);

    private async Task<IActionResult> AnswerAsync(int status, string path, CancellationToken cancellation)
    {
        if (Faults.RetryAfter(status) is { } seconds)
            Response.Headers.RetryAfter = seconds;
        if (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
            return Problem(statusCode: status);

        Response.StatusCode = status;
        if (HttpContext.Features.Get<SignInRefused>() is { } refused)
            return View("/Shell/Errors/SignInRefused.cshtml", refused.Reason);
        if (await HelpAsync(status, cancellation) is { } page)
            return View("/Shell/Errors/Refused.cshtml", page);
        return View("/Shell/Errors/Status.cshtml", Known.Contains(status) ? status : status < 500 ? 400 : 500);
    }

    // A member who may not open a page of their organization is told how to come by the right.
    private async Task<AccessHelp?> HelpAsync(int status, CancellationToken cancellation) =>
        status == StatusCodes.Status403Forbidden && user.IsMember && HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } refused
            ? await help.ReadAsync(user.Member, refused, cancellation)
            : null;
}
