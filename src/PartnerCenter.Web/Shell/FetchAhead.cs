using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;

namespace PartnerCenter.Web.Shell;

/// <summary>Whether a browser asks for a page that nobody has opened yet, and perhaps nobody will.</summary>
public static class FetchAhead
{
    // Before the first of them was a standard, there was the other.
    private static readonly string[] SaidIn = ["Sec-Purpose", "Purpose"];

    public static bool IsAskedFor(HttpRequest request) =>
        SaidIn.Any(header => request.Headers[header].ToString().StartsWith("prefetch", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What waits for the next page that somebody sees, such as a message: one that is fetched ahead does not take it.</summary>
public sealed class WaitingTempData(CookieTempDataProvider cookie, IOptions<CookieTempDataProviderOptions> options) : ITempDataProvider
{
    public IDictionary<string, object> LoadTempData(HttpContext context) =>
        FetchAhead.IsAskedFor(context.Request) ? new Dictionary<string, object>() : cookie.LoadTempData(context);

    public void SaveTempData(HttpContext context, IDictionary<string, object> values)
    {
        // A browser that has nothing waiting need not be told to forget it.
        if (!FetchAhead.IsAskedFor(context.Request) && (values.Count > 0 || context.Request.Cookies.ContainsKey(options.Value.Cookie.Name!)))
            cookie.SaveTempData(context, values);
    }
}
