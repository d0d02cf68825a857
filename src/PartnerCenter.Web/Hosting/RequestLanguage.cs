using System.Globalization;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The language of a page: the person's own; before sign-in that of whoever used this browser last, or its first one that we have. An
/// error page speaks that of the page in whose place it stands.
/// </summary>
public sealed class RequestLanguage(RequestDelegate next)
{
    private static readonly object Spoken = new();

    public async Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        var language = context.Items[Spoken] as string
            ?? user.Person?.Language
            ?? BrowserChoice.Language.Chosen(context.Request)
            ?? FromBrowser(context.Request)
            ?? Languages.Default;
        context.Items[Spoken] = language;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        context.Response.Headers.ContentLanguage = language;
        await next(context);
    }

    private static string? FromBrowser(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(language => language.Quality != 0)
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(Languages.All.Contains);
}
