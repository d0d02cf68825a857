using System.Net;

namespace PartnerCenter.Web.Hosting;

/// <summary>Where the portal listens, where partners reach it, and whether that is this machine: read in one place, because guards and links need the same answer.</summary>
public static class PortalUrls
{
    /// <summary>Where the portal listens when no setting says.</summary>
    public const string Default = "http://localhost:5080";

    /// <summary>The setting that says where partners reach the portal.</summary>
    public const string PublicSetting = "Portal:PublicUrl";

    /// <returns>Whether any setting says where the portal listens.</returns>
    public static bool AreNamed(IConfiguration configuration) => Urls(configuration).Length > 0 || Ports(configuration).Any() || Endpoints(configuration).Any();

    /// <summary>All that the portal listens on. A port alone means every address of the machine; urls, where they are given, take its place.</summary>
    public static IEnumerable<string> Listening(IConfiguration configuration) =>
        Urls(configuration)
            .Concat(Urls(configuration).Length > 0 ? [] : Ports(configuration).Select(port => $"http://*:{port}"))
            .Concat(Endpoints(configuration));

    /// <returns>Whether somebody said where partners reach the portal.</returns>
    public static bool IsPublicNamed(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[PublicSetting]);

    /// <returns>Where partners reach the portal, with a slash at its end; unless that was said, the first address it listens on.</returns>
    /// <exception cref="StartupException">It is no web address.</exception>
    public static Uri Public(IConfiguration configuration)
    {
        var url = IsPublicNamed(configuration)
            ? configuration[PublicSetting]!
            : Urls(configuration).Concat(Endpoints(configuration).Where(IsLoopback)).FirstOrDefault() ?? Default;
        return Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new StartupException($"{PublicSetting} is '{url}'; it must be the web address at which partners reach the portal.");
    }

    /// <summary>Whether only this machine reaches an address. It is read as Kestrel reads it: to Uri, "loopback" is this machine, to Kestrel it is a name like any other and means every address.</summary>
    /// <param name="url">An address to listen on.</param>
    public static bool IsLoopback(string url) => IsLoopbackHost(BindingAddress.Parse(url).Host);

    /// <param name="host">A name or an address, without a port.</param>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string[] Urls(IConfiguration configuration) => SettingList.Read(configuration, "urls");

    private static IEnumerable<string> Ports(IConfiguration configuration) =>
        SettingList.Read(configuration, "http_ports").Concat(SettingList.Read(configuration, "https_ports"));

    private static IEnumerable<string> Endpoints(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
}
