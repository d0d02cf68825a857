namespace PartnerCenter.Web.Hosting;

/// <summary>
/// One event per request, with the template of the route and not the address: addresses can carry names and tokens. It stands first,
/// so that it sees the final status.
/// </summary>
public sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger, TimeProvider time)
{
    private static readonly object Route = new();

    private static readonly string[] Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    /// <summary>Notes which route a request took, before a refusal or a fault leads it to an error page.</summary>
    public static Task RememberRoute(HttpContext context, RequestDelegate next)
    {
        context.Items.TryAdd(Route, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        return next(context);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();

        // At the last moment: an error page throws away what was set before it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["X-Trace-Id"] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        await next(context);
        if (!context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
            LogRequest(MethodOf(context.Request), RouteOf(context), context.Response.StatusCode, time.GetElapsedTime(start).TotalMilliseconds, context.TraceIdentifier);
    }

    // Whoever makes up a method could write into the log with it.
    private static string MethodOf(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : "(other)";

    private static string RouteOf(HttpContext context) => context.Items[Route] as string ?? "(none)";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms ({TraceId})")]
    private partial void LogRequest(string method, string route, int status, double milliseconds, string traceId);
}
