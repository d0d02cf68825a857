using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Requests that another site makes a browser send (Fetch Metadata). Browsers say so in a header that no script can write; whoever says
/// nothing is no browser, or an old one.
/// </summary>
public static class OtherSites
{
    public static bool Sent(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    /// <summary>
    /// Refuses what would change something, whatever token it brings: a second line of defence behind the token of forms (ASVS 5.0 3.5.1).
    /// It stands after routing, because it leaves alone what needs no token either, and takes no cookie.
    /// </summary>
    public static Task Refuse(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var changesNothing = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (changesNothing || !Sent(request) || context.GetEndpoint()?.Metadata.GetMetadata<IgnoreAntiforgeryTokenAttribute>() is not null)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
