namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The name of a cookie that only this very host can set (RFC 6265bis; ASVS 5.0 3.3.1 and 3.3.3): with <c>__Host-</c> in front of it the
/// browser insists on https, no domain and the root path. Plain http cannot have that.
/// </summary>
public static class HostCookie
{
    private const string Prefix = "__Host-";

    /// <param name="name">The name without anything before it.</param>
    /// <param name="isHttps">Whether it travels by https.</param>
    public static string Named(string name, bool isHttps) => isHttps ? Prefix + name : name;
}
