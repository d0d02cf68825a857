using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The reverse proxies that may say for whom they ask (<c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c>). Anybody can write these
/// headers, so without a proxy that is named by its address nobody is believed (ASVS 5.0 4.1.3).
/// </summary>
public static class KnownProxies
{
    public const string Setting = "Portal:KnownProxies";

    /// <exception cref="StartupException">A proxy is neither an address nor a network.</exception>
    public static void AddKnownProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var proxies = Read(configuration);
        services.Configure<ForwardedHeadersOptions>(headers =>
        {
            headers.ForwardedHeaders = proxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost : ForwardedHeaders.None;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                headers.KnownIPNetworks.Add(proxy);

            // Through several proxies one goes back as far as they are known, and no further.
            headers.ForwardLimit = null;

            // The framework has looked at the Host that the proxy sent; this one comes later.
            headers.AllowedHosts = SettingList.Read(configuration, "AllowedHosts");
        });
    }

    private static List<IPNetwork> Read(IConfiguration configuration) => [.. SettingList.Read(configuration, Setting).Select(Network)];

    private static IPNetwork Network(string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(proxy, out var network)
            ? network
            : throw new StartupException($"{Setting} names '{proxy}'; it must be addresses (10.0.0.5) or networks (10.0.0.0/24), separated by semicolons.");
    }
}
