using Microsoft.AspNetCore.Diagnostics;
using PartnerCenter.Data.Engines;

namespace PartnerCenter.Web.Hosting;

/// <summary>What a fault that nobody caught means to whoever made the request.</summary>
public static class Faults
{
    private const string ErrorPage = "/error/500";
    private const string RetryAfterSeconds = "30";

    /// <summary>
    /// Answers a fault with the error page of its status. The page is made in a scope of its own: what the request left behind may be
    /// what broke it. What is wrong with a request itself is no fault of ours, and leaves no stack trace in the log.
    /// </summary>
    public static void UseErrorPageForFaults(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandlingPath = ErrorPage,
        CreateScopeForErrors = true,
        StatusCodeSelector = StatusOf,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    });

    /// <summary>Whether a request goes its way a second time, to show what became of it: it is not to be refused once more.</summary>
    public static bool IsErrorPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>When to come back after an answer of this status, in seconds; null when waiting helps nothing.</summary>
    public static string? RetryAfter(int status) => status == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds : null;

    /// <summary>Whether a fault says that the database does not answer.</summary>
    public static bool IsDatabaseAway(Exception? fault) => fault?.IsDatabaseAway() == true;

    private static int StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException request => request.StatusCode,
        _ when IsDatabaseAway(fault) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
