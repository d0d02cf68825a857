using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Data;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>In the demo anybody may be anybody: it starts only where nobody else can come.</summary>
public sealed class DemoModeTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public void It_is_refused_outside_Development(string environment)
    {
        var fault = Assert.Throws<StartupException>(() => Check(environment, ("Demo", "true"), ("urls", "http://localhost:5080")));

        Assert.Contains("only in the Development environment", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public void Without_it_the_portal_may_listen_anywhere(string environment) =>
        Check(environment, ("Demo", "false"), ("KeyRing:CertificateFile", "keyring.pfx"), ("urls", "http://*:80"), ("http_ports", "80"), ("Kestrel:Endpoints:Web:Url", "http://0.0.0.0:80"));

    [Fact]
    public void Where_no_address_is_set_it_listens_on_the_loopback_of_our_own_default() => Check("Development", ("Demo", "true"));

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://LOCALHOST:5080")]
    [InlineData("https://localhost")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.1.2.3:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:5080;https://127.0.0.1:5443; http://[::1]:5080;")]
    public void On_loopback_it_starts(string urls)
    {
        Check("Development", ("Demo", "true"), ("urls", urls));
        foreach (var (index, url) in Split(urls))
            Check("Development", ("Demo", "true"), ($"Kestrel:Endpoints:Web{index}:Url", url));
    }

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.10:5080")]
    [InlineData("http://128.0.0.1:5080")]
    [InlineData("http://[fe80::1]:5080")]
    [InlineData("http://portal.example:5080")]
    [InlineData("http://loopback:5080")]
    [InlineData("http://localhost.portal.example:5080")]
    [InlineData("http://127.0.0.1.portal.example:5080")]
    [InlineData("http://localhost:5080;http://0.0.0.0:5081")]
    public void Where_others_can_come_it_is_refused(string urls)
    {
        AssertRefused(("urls", urls));
        AssertRefused([.. Split(urls).Select(url => ($"Kestrel:Endpoints:Web{url.Index}:Url", url.Url))]);
        AssertRefused([("urls", "http://localhost:5080"), .. Split(urls).Select(url => ($"Kestrel:Endpoints:Web{url.Index}:Url", url.Url))]);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("http_ports", "8080;8081")]
    public void A_port_alone_is_open_to_all_and_refused(string setting, string ports) => AssertRefused((setting, ports));

    [Theory]
    [InlineData("http_ports")]
    [InlineData("https_ports")]
    public void A_port_counts_for_nothing_where_an_address_is_set(string setting) =>
        Check("Development", ("Demo", "true"), (setting, "8080"), ("urls", "http://localhost:5080"));

    [Theory]
    [InlineData("urls", "localhost:5080")]
    [InlineData("urls", "nowhere")]
    [InlineData("Kestrel:Endpoints:Web:Url", "")]
    [InlineData("Kestrel:Endpoints:Web:Protocols", "Http2")]
    public void What_is_no_address_is_refused_with_a_sentence(string setting, string value)
    {
        var fault = Assert.ThrowsAny<Exception>(() => Check("Development", ("Demo", "true"), (setting, value)));

        Assert.NotNull(StartupFault.Explain(fault));
    }

    private static IEnumerable<(int Index, string Url)> Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Index();

    private static void AssertRefused(params (string Key, string? Value)[] settings)
    {
        var fault = Assert.Throws<StartupException>(() => Check("Development", [("Demo", "true"), .. settings]));

        Assert.StartsWith("Demo is true, but ", fault.Message, StringComparison.Ordinal);
    }

    private static void Check(string environment, params (string Key, string? Value)[] settings) => StartupGuards.Check(
        GuardedStart.Command,
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build(),
        new Place(environment),
        new DatabaseSettings(DataSetup.Sqlite, "Data Source=partnercenter.db", MigrateOnStart: false));

    private sealed class Place(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "PartnerCenter";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
