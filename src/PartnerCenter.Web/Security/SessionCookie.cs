namespace PartnerCenter.Web.Security;

/// <summary>
/// The cookie that holds the id of a session and nothing else. <c>__Host-</c> makes the browser insist on https, no domain and the
/// root path; plain http, which only Development on loopback serves, cannot have that.
/// </summary>
public static class SessionCookie
{
    private const string Secure = "__Host-pc";
    private const string Plain = "pc";

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public static void Write(HttpContext context, string sessionId, DateTimeOffset expires) =>
        context.Response.Cookies.Append(NameFor(context.Request), sessionId, Options(context.Request, expires));

    public static void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, expires: null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
