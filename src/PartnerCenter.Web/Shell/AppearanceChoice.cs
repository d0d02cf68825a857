namespace PartnerCenter.Web.Shell;

/// <summary>
/// Something about how pages look that is a matter of taste. What somebody chose is kept in the browser, because it suits a screen and
/// not a person.
/// </summary>
public sealed class AppearanceChoice
{
    /// <summary>Of <see cref="Theme"/>: as the device has it.</summary>
    public const string AsDevice = "system";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private readonly string _cookie;

    private AppearanceChoice(string cookie, params IReadOnlyList<string> all) => (_cookie, All) = (cookie, all);

    /// <summary>Light or dark pages.</summary>
    public static AppearanceChoice Theme { get; } = new("pc-theme", AsDevice, "light", "dark");

    /// <summary>How close together things stand.</summary>
    public static AppearanceChoice Density { get; } = new("pc-density", "comfortable", "compact");

    /// <summary>What there is to choose from, in the order in which it is offered. Until somebody chooses, the first counts.</summary>
    public IReadOnlyList<string> All { get; }

    public string Read(HttpRequest request) => request.Cookies[_cookie] is { } chosen && All.Contains(chosen) ? chosen : All[0];

    public void Write(HttpResponse response, string chosen) => response.Cookies.Append(_cookie, chosen, new CookieOptions
    {
        MaxAge = Kept,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = response.HttpContext.Request.IsHttps,
    });
}
