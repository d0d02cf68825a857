using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>Only a proxy that is named by its address may say for whom it asks; everybody else is who they are.</summary>
public sealed class KnownProxiesTests : IDisposable
{
    private const string Proxy = "10.1.2.3";
    private const string Reader = "203.0.113.9";

    private readonly ProxiedPortal _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("10.1.0.0/16")]
    [InlineData("192.0.2.1; 10.1.2.3")]
    public async Task Behind_a_known_proxy_scheme_host_and_address_are_those_of_the_reader(string proxies)
    {
        _app.Proxies = proxies;

        await AskAsync(Proxy, Reader);

        Assert.Equal(("https", "127.0.0.1", Reader), _app.Connection.Seen);
    }

    [Theory]
    [InlineData("", Proxy)]
    [InlineData("", "127.0.0.1")]
    [InlineData("", "::1")]
    [InlineData("10.1.2.3", "10.1.2.4")]
    [InlineData("10.1.2.0/30", "10.1.2.4")]
    [InlineData("10.1.2.3", "127.0.0.1")]
    [InlineData("fd00::/8", "2001:db8::1")]
    public async Task What_anybody_else_says_changes_nothing(string proxies, string sender)
    {
        _app.Proxies = proxies;

        await AskAsync(sender, Reader);

        Assert.Equal(("http", "localhost", sender), _app.Connection.Seen);
    }

    [Fact]
    public async Task What_a_reader_wrote_before_the_proxy_is_not_believed()
    {
        _app.Proxies = Proxy;

        await AskAsync(Proxy, $"198.51.100.1, {Reader}");

        Assert.Equal(Reader, _app.Connection.Seen.Address);
    }

    [Fact]
    public async Task Through_two_known_proxies_the_reader_is_found_behind_both()
    {
        _app.Proxies = "10.1.0.0/16";

        await AskAsync(Proxy, $"198.51.100.1, {Reader}, 10.1.9.9");

        Assert.Equal(Reader, _app.Connection.Seen.Address);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_not_taken_from_a_proxy_either()
    {
        _app.Proxies = Proxy;

        await AskAsync(Proxy, Reader, "evil.example");

        Assert.Equal("localhost", _app.Connection.Seen.Host);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_the_session_cookie_is_the_strict_one()
    {
        _app.Proxies = Proxy;
        var visitor = _app.Visit();
        await visitor.ReadAsync(await visitor.SendAsync(Request(HttpMethod.Get, "/", Proxy, Reader, "localhost")));

        var signIn = Request(HttpMethod.Post, "/sign-in/demo", Proxy, Reader, "localhost");
        signIn.Content = new FormUrlEncodedContent([new("person", "guest"), new(Visitor.TokenField, visitor.Token!)]);
        var answer = await visitor.SendAsync(signIn);

        var cookie = Assert.Single(answer.CookiesSet(), cookie => cookie.Name == "__Host-pc");
        Assert.True(cookie.Secure);
    }

    [Theory]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void What_is_neither_an_address_nor_a_network_is_refused_at_the_start(string proxies)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Portal:KnownProxies", proxies)]).Build();

        var fault = Assert.Throws<StartupException>(() => new ServiceCollection().AddKnownProxies(configuration));

        Assert.StartsWith($"Portal:KnownProxies names '{proxies}'", fault.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AskAsync(string sender, string forwardedFor, string host = "127.0.0.1") =>
        _app.Visit().SendAsync(Request(HttpMethod.Get, "/", sender, forwardedFor, host));

    private static HttpRequestMessage Request(HttpMethod method, string path, string sender, string forwardedFor, string host)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add(RemoteAddress.Header, sender);
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwardedFor.Split(',').Select(_ => "https")));
        request.Headers.Add("X-Forwarded-Host", string.Join(", ", forwardedFor.Split(',').Select(_ => host)));
        return request;
    }

    private sealed class ProxiedPortal : PortalApp
    {
        public string Proxies { get; set; } = "";

        public RemoteAddress Connection { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Portal:KnownProxies", Proxies);
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(Connection));
        }
    }
}
