using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerCenter.Web.Hosting;

/// <summary>When the database is away, says so and when to come back, instead of blaming the request.</summary>
public sealed class DatabaseAwayHandler : IExceptionHandler
{
    private const string RetryAfterSeconds = "30";

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsAway(exception))
            return ValueTask.FromResult(false);

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ValueTask.FromResult(true);
    }

    /// <summary>Whether a fault says that the database does not answer.</summary>
    public static bool IsAway(Exception? fault) =>
        fault is DbException or RetryLimitExceededException || (fault?.InnerException is { } inner && IsAway(inner));
}
