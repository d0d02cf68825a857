using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Shell;

/// <summary>
/// What somebody chose and the browser keeps: what suits a screen and not a person, and the language of pages that do not know yet who
/// reads them.
/// </summary>
public sealed class BrowserChoice
{
    /// <summary>Of <see cref="Theme"/>: as the device has it.</summary>
    public const string AsDevice = "system";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private readonly string _cookie;

    private BrowserChoice(string cookie, params IReadOnlyList<string> all) => (_cookie, All) = (cookie, all);

    /// <summary>Light or dark pages.</summary>
    public static BrowserChoice Theme { get; } = new("pc-theme", AsDevice, "light", "dark");

    /// <summary>How close together things stand.</summary>
    public static BrowserChoice Density { get; } = new("pc-density", "comfortable", "compact");

    /// <summary>The language of whoever was last signed in.</summary>
    public static BrowserChoice Language { get; } = new("pc-language", Languages.All);

    /// <summary>What there is to choose from, in the order in which it is offered. Until somebody chooses, the first counts.</summary>
    public IReadOnlyList<string> All { get; }

    public string Read(HttpRequest request) => Chosen(request) ?? All[0];

    /// <returns>Null as long as nobody has chosen.</returns>
    public string? Chosen(HttpRequest request) => request.Cookies[NameFor(request)] is { } chosen && All.Contains(chosen) ? chosen : null;

    public void Write(HttpResponse response, string chosen) => response.Cookies.Append(NameFor(response.HttpContext.Request), chosen, new CookieOptions
    {
        MaxAge = Kept,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = response.HttpContext.Request.IsHttps,
    });

    private string NameFor(HttpRequest request) => HostCookie.Named(_cookie, request.IsHttps);
}
