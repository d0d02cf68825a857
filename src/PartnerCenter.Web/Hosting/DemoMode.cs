using System.Net;
using PartnerCenter.Data.Demo;

namespace PartnerCenter.Web.Hosting;

/// <summary>The portal with a story to try it out: anybody may sign in as anybody, so it exists only in Development on loopback.</summary>
public static partial class DemoMode
{
    private const string Setting = "Demo";

    public static bool IsOn(IConfiguration configuration) => configuration.GetValue(Setting, false);

    /// <exception cref="StartupException">Demo mode is on where others could reach it.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!IsOn(configuration))
            return;
        if (!environment.IsDevelopment())
            throw new StartupException("Demo is true, but it lets anybody sign in as anybody: it works only in the Development environment.");
        if (Urls(configuration).FirstOrDefault(url => !IsLoopback(url)) is { } open)
            throw new StartupException($"Demo is true, but {open} can be reached from other machines: use localhost, or set Demo to false.");
    }

    public static void Announce(WebApplication app) => Log.Started(app.Logger, $"pck_{DemoData.ApiKeyId}_{DemoData.ApiKeySecret}");

    // A port alone listens on every address of the machine; urls, where they are given, take its place.
    private static IEnumerable<string> Urls(IConfiguration configuration)
    {
        var urls = List(configuration["urls"]);
        var ports = urls.Length > 0 ? [] : List(configuration["http_ports"]).Concat(List(configuration["https_ports"])).Select(port => $"http://*:{port}");
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        return urls.Concat(ports).Concat(endpoints);
    }

    private static string[] List(string? setting) =>
        (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Read as Kestrel reads it: to Uri, "loopback" is this machine, to Kestrel it is a name like any other and means every address.
    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Demo mode: choose a person on the start page; publish with the API key {DemoKey}")]
        public static partial void Started(ILogger logger, string demoKey);
    }
}
