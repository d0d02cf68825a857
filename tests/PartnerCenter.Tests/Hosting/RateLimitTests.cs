using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>Who asks too often is told when to come back, and nobody else is.</summary>
public sealed class RateLimitTests : IDisposable
{
    private readonly LimitedPortal _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_person_who_asks_too_often_is_told_so_in_words_and_when_to_come_back()
    {
        _app.Limits["PerPerson"] = 2;
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");
        await visitor.OpenAsync("/o/alpine-cloud");

        var page = await visitor.OpenAsync("/o/alpine-cloud/action-center");

        Assert.Equal((HttpStatusCode.TooManyRequests, "A little slower, please"), (page.Status, page.Heading));
        Assert.Equal("30", page.Answer.Header("Retry-After"));
        Assert.Contains("no-store", page.Answer.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Dutch_browser_is_told_in_Dutch()
    {
        _app.Limits["PerAddress"] = 1;
        var visitor = _app.Visit();
        await visitor.GetAsync("/");

        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptLanguage.ParseAdd("nl");
        var page = await visitor.ReadAsync(await visitor.SendAsync(request));

        Assert.Equal((HttpStatusCode.TooManyRequests, "Iets rustiger, alstublieft"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Another_person_at_the_same_address_goes_on()
    {
        _app.Limits["PerPerson"] = 1;
        var first = await _app.SignInAsync("global-admin");
        var second = await _app.SignInAsync("guest");
        await first.GetAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await first.GetAsync("/o/alpine-cloud")).StatusCode);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await second.GetAsync("/o/alpine-cloud")).StatusCode);
    }

    [Fact]
    public async Task A_person_counts_as_one_in_two_browsers_and_at_two_addresses()
    {
        _app.Limits["PerPerson"] = 1;
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.GetAsync("/o/alpine-cloud");

        var answer = await visitor.Copy().SendAsync(From("192.0.2.7", "/o/alpine-cloud"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:1:ffff::9", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:2::1", false)]
    public async Task Strangers_count_by_the_network_they_come_from(string first, string second, bool isOne)
    {
        _app.Limits["PerAddress"] = 1;
        var visitor = _app.Visit();
        await visitor.SendAsync(From(first, "/"));

        var answer = await visitor.SendAsync(From(second, "/"));

        Assert.Equal(isOne ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_counts_too()
    {
        _app.Limits["PerAddress"] = 1;
        var visitor = _app.Visit();
        await visitor.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/no-such-page")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/error/404")).StatusCode);
    }

    [Fact]
    public async Task A_publisher_that_asks_too_often_gets_a_problem_document()
    {
        _app.Limits["PerApiKey"] = 1;
        var caller = new ApiCaller(_app);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/api/v1/catalogue")).StatusCode);

        var answer = await caller.PublishAsync(ApiCaller.Body());

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("60", answer.Header("Retry-After"));
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task Whoever_names_a_key_and_does_not_have_it_uses_up_their_own_limit_and_not_that_of_the_key()
    {
        _app.Limits["PerAddress"] = 1;
        _app.Limits["PerApiKey"] = 1;
        var guesser = new ApiCaller(_app, "pck_demo_WrongSecretWrongSecretWrongSecretWrongSecr00");
        Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.GetAsync("/api/v1/catalogue")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.GetAsync("/api/v1/catalogue")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await new ApiCaller(_app).GetAsync("/api/v1/catalogue")).StatusCode);
    }

    [Theory]
    [InlineData("Unsubscribe", "/unsubscribe/nothing")]
    [InlineData("Feeds", "/calendar/nothing.ics")]
    [InlineData("Feeds", "/feeds/nothing.atom")]
    [InlineData("VerifyContact", "/verify-contact/nothing")]
    public async Task What_a_secret_opens_has_a_limit_of_its_own(string limit, string address)
    {
        _app.Limits[limit] = 1;
        var visitor = _app.Visit();
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await visitor.GetAsync(address)).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_has_a_limit_of_its_own()
    {
        _app.Limits["SignIn"] = 1;
        await _app.SignInAsync("global-admin");
        var visitor = _app.Visit();
        await visitor.OpenAsync("/");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/sign-in/demo", ("person", "guest")));

        Assert.Equal((HttpStatusCode.TooManyRequests, "A little slower, please"), (page.Status, page.Heading));
    }

    // Whoever adds an address that guessing or flooding gains something from adds it here.
    [Fact]
    public void These_addresses_have_a_limit_of_their_own()
    {
        var limited = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (endpoint.RoutePattern.RawText, endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName))
            .Where(endpoint => endpoint.PolicyName is not null)
            .Select(endpoint => $"{endpoint.PolicyName}: {endpoint.RawText!.TrimStart('/')}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                $"{RateLimits.Feeds}: calendar/{{secret}}.ics",
                $"{RateLimits.Feeds}: feeds/{{secret}}.atom",
                $"{RateLimits.SignIn}: directories/{{key}}",
                $"{RateLimits.SignIn}: forgotten-password",
                $"{RateLimits.SignIn}: forgotten-password/asked",
                $"{RateLimits.SignIn}: join/{{token}}",
                $"{RateLimits.SignIn}: join/{{token}}/with/{{provider}}",
                $"{RateLimits.SignIn}: my-profile/password",
                $"{RateLimits.SignIn}: my-profile/two-step",
                $"{RateLimits.SignIn}: my-profile/two-step/off",
                $"{RateLimits.SignIn}: my-profile/two-step/on",
                $"{RateLimits.SignIn}: my-profile/two-step/prepare",
                $"{RateLimits.SignIn}: my-profile/two-step/recovery-codes",
                $"{RateLimits.SignIn}: reset-password/{{token}}",
                $"{RateLimits.SignIn}: sign-in/demo",
                $"{RateLimits.SignIn}: sign-in/local",
                $"{RateLimits.SignIn}: sign-in/local/code",
                $"{RateLimits.SignIn}: sign-in/{{provider}}",
                $"{RateLimits.SignIn}: signout-oidc/{{provider}}",
                $"{RateLimits.Unsubscribe}: unsubscribe/{{token}}",
                $"{RateLimits.Unsubscribe}: unsubscribe/{{token}}/undo",
                $"{RateLimits.VerifyContact}: o/{{organization}}/my-preferences/contact/confirm",
                $"{RateLimits.VerifyContact}: verify-contact/{{token}}",
            ],
            limited);
    }

    [Theory]
    [InlineData("/css/tokens.css")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Files_and_health_checks_do_not_count(string address)
    {
        _app.Limits["PerAddress"] = 1;
        var visitor = _app.Visit();
        await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Where_something_else_counts_the_portal_does_not()
    {
        _app.Limits["PerAddress"] = 1;
        _app.IsLimited = false;
        var visitor = _app.Visit();
        await visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
    }

    private static HttpRequestMessage From(string address, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(RemoteAddress.Header, address);
        return request;
    }

    private sealed class LimitedPortal : PortalApp
    {
        public Dictionary<string, int> Limits { get; } = [];

        public bool IsLimited { get; set; } = true;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("RateLimits:Enabled", IsLimited ? "true" : "false");
            foreach (var (limit, perMinute) in Limits)
                builder.UseSetting($"RateLimits:{limit}", perMinute.ToString(CultureInfo.InvariantCulture));
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, RemoteAddress>());
        }
    }
}
