using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.Controllers;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Tells browsers which pages they may fetch before somebody opens them, and refuses the others to whoever fetches ahead: a rule or none, an
/// extension or the address bar.
/// </summary>
public sealed class FetchAheadRules(RequestDelegate next)
{
    private const string MediaType = "application/speculationrules+json";

    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FetchAheadTable.Rules)))[..10];

    // A header may name rules where the content security policy lets no page carry them.
    private static readonly string Header = $"\"/fetch-ahead/{Version}.json\"";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/fetch-ahead/{version}.json", (string version, HttpResponse response) =>
        {
            // Another version is asked for by a page that another release has made.
            if (version == Version)
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Text(FetchAheadTable.Rules, MediaType);
        }).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var page = endpoint?.Metadata.GetMetadata<PageAttribute>()?.Page;
        var mayBeFetched = page is not null && FetchAheadTable.Has(page);
        if (!mayBeFetched && endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && FetchAhead.IsAskedFor(context.Request))
            return Refuse(context);

        // Whoever saves data fetches what is needed.
        if (page?.Path.StartsWith("/o/", StringComparison.Ordinal) == true && context.Request.Headers["Save-Data"] != "on")
            context.Response.OnStarting(() => NameRules(context.Response));
        return next(context);
    }

    // The browser drops it and asks again once somebody opens the page: nobody would see an error page.
    private static Task Refuse(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } errorPages)
            errorPages.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Task NameRules(HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status200OK)
            response.Headers["Speculation-Rules"] = Header;
        return Task.CompletedTask;
    }
}
