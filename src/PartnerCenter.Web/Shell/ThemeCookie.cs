namespace PartnerCenter.Web.Shell;

/// <summary>
/// Whether somebody wants light or dark pages, or as their device has it. It is kept in the browser, because it suits a screen and not a
/// person.
/// </summary>
public static class ThemeCookie
{
    /// <summary>As the device has it.</summary>
    public const string System = "system";

    private const string Name = "pc-theme";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>What there is to choose from, in the order in which it is offered.</summary>
    public static IReadOnlyList<string> All { get; } = [System, "light", "dark"];

    public static string Read(HttpRequest request) => request.Cookies[Name] is { } theme && All.Contains(theme) ? theme : System;

    public static void Write(HttpResponse response, string theme) => response.Cookies.Append(Name, theme, new CookieOptions
    {
        MaxAge = Kept,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = response.HttpContext.Request.IsHttps,
    });
}
