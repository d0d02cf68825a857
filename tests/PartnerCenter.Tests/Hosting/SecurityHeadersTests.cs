using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.BadInputs;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>The headers of every answer are exactly those that <see cref="ExpectedHeaders"/> writes down, and no other.</summary>
public sealed class SecurityHeadersTests(ListeningPortal app) : IClassFixture<ListeningPortal>
{
    private const string Home = "/o/alpine-cloud";

    [Theory]
    [InlineData(null)]
    [InlineData("global-admin")]
    [InlineData("operator")]
    public async Task Every_route_answers_with_exactly_these(string? person)
    {
        var wrong = new List<string>();
        var visitor = await ArriveAsync();
        foreach (var (method, endpoint) in Routes.All(app).DistinctBy(route => (route.Method, Routes.TemplateOf(route.Endpoint))))
        {
            var address = Routes.AddressOf(endpoint);
            foreach (var asked in new[] { method, "HEAD", "PUT" }.Distinct())
            {
                var answer = asked == "POST" ? await visitor.ForgeAsync(address) : await visitor.SendAsync(new HttpRequestMessage(new HttpMethod(asked), address));
                wrong.AddRange(ExpectedHeaders.FaultsOf(answer).Select(fault => $"{asked} {address} ({(int)answer.StatusCode}) {fault}"));
            }

            // Signing out is one of the routes.
            if (address.StartsWith("/sign-", StringComparison.Ordinal))
                visitor = await ArriveAsync();
        }

        Assert.Empty(wrong);

        async Task<Visitor> ArriveAsync()
        {
            var arrived = person is null ? app.Visit() : await app.SignInAsync(person);
            await arrived.OpenAsync(person switch { null => "/", "operator" => "/operator", _ => Home });
            return arrived;
        }
    }

    [Fact]
    public async Task An_error_of_any_status_answers_with_exactly_these()
    {
        await using var limited = new LimitedPortal();
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(Home);
        var open = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Not to be archived", RoleCatalogue.GlobalAdmin));
        var stranger = limited.Visit();
        await stranger.GetAsync("/");

        (HttpStatusCode Status, HttpResponseMessage Answer)[] errors =
        [
            (HttpStatusCode.BadRequest, await visitor.PostWithoutTokenAsync($"{Home}/action-center/read-all")),
            (HttpStatusCode.Unauthorized, await app.Visit().GetAsync("/api/v1/catalogue")),
            (HttpStatusCode.Forbidden, await visitor.GetAsync("/operator")),
            (HttpStatusCode.NotFound, await visitor.GetAsync("/no-such-page")),
            (HttpStatusCode.MethodNotAllowed, await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Delete, Home))),
            (HttpStatusCode.Conflict, await visitor.ForgeAsync($"{Home}/action-center/{open}/archive")),
            (HttpStatusCode.RequestEntityTooLarge, await visitor.ForgeAsync($"{Home}/welcome", ("JobTitle", new string('x', 1024 * 1024)))),
            (HttpStatusCode.UnsupportedMediaType, await PublishAsTextAsync()),
            (HttpStatusCode.TooManyRequests, await stranger.GetAsync("/")),
            (HttpStatusCode.InternalServerError, await WhileAsync(() => app.Database.Fault = new InvalidOperationException("Broken."), () => visitor.GetAsync(Home))),
            (HttpStatusCode.ServiceUnavailable, await WhileAsync(() => app.Database.IsAway = true, () => visitor.GetAsync(Home))),
            (HttpStatusCode.ServiceUnavailable, await WhileAsync(() => app.Database.IsAway = true, () => app.Visit().GetAsync("/healthz/ready"))),
        ];

        Assert.Equal(errors.Select(error => error.Status), errors.Select(error => error.Answer.StatusCode));
        Assert.Empty(errors.SelectMany(error => ExpectedHeaders.FaultsOf(error.Answer).Select(fault => $"{(int)error.Status} {fault}")));
    }

    [Fact]
    public async Task Where_people_sign_in_by_a_provider_forms_may_lead_there_and_nothing_else_changes()
    {
        await using var portal = new ProviderApp();
        var visitor = portal.Visit();
        var signedIn = portal.Visit();
        await portal.SignInWithAsync(signedIn, ProviderApp.Generic);

        HttpResponseMessage[] answers =
        [
            await visitor.GetAsync("/"),
            await visitor.GetAsync("/no-such-page"),
            await visitor.GetAsync("/css/tokens.css"),
            await visitor.GetAsync("/healthz/live"),
            await visitor.GetAsync("/api/v1/catalogue"),
            await visitor.GetAsync($"/sign-in/{ProviderApp.Entra}"),
            await visitor.GetAsync("/signin-oidc?code=made-up"),
            await visitor.GetAsync($"/signout-oidc/{ProviderApp.Generic}?sid=made-up"),
            await signedIn.GetAsync("/my-profile"),
        ];

        Assert.Empty(answers.SelectMany(answer => ExpectedHeaders.FaultsOf(answer, portal.Provider.Address).Select(fault => $"{answer.RequestMessage!.RequestUri} {fault}")));
    }

    [Fact]
    public async Task Over_https_and_a_network_a_browser_is_told_to_stay_with_https()
    {
        await using var portal = new NamedPortal();
        var visitor = portal.Visit("https://partners.example.com");

        foreach (var address in new[] { "/", "/no-such-page", "/css/tokens.css", "/healthz/live", "/api/v1/catalogue" })
            Assert.Equal(ExpectedHeaders.OneYear, (await visitor.GetAsync(address)).Header("Strict-Transport-Security"));
        portal.Database.Fault = new InvalidOperationException("Broken.");
        Assert.Equal(ExpectedHeaders.OneYear, (await visitor.GetAsync("/")).Header("Strict-Transport-Security"));
        portal.Database.Fault = null;
        Assert.Null((await portal.Visit("http://partners.example.com").GetAsync("/")).Header("Strict-Transport-Security"));
        Assert.Null((await portal.Visit("https://localhost").GetAsync("/")).Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_host_name_that_is_not_answered_is_refused_without_a_word_and_with_the_same_headers()
    {
        await using var portal = new NamedPortal();

        var answer = await portal.Visit("https://evil.example").GetAsync("/");

        Assert.Equal((HttpStatusCode.BadRequest, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(ExpectedHeaders.Policy, answer.Header("Content-Security-Policy"));
        Assert.Equal(ExpectedHeaders.OneYear, answer.Header("Strict-Transport-Security"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_page_with_a_frame_may_show_what_the_portal_itself_serves_and_nothing_else_changes()
    {
        var visitor = await app.SignInAsync("operator");

        var answer = await visitor.GetAsync("/operator/mail-preview");

        Assert.Equal(ExpectedHeaders.PolicyWithFrames, answer.Header("Content-Security-Policy"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
    }

    // Whoever adds to these lists gives up a protection: say why in the review.
    [Fact]
    public void Only_the_listed_actions_have_another_policy_than_the_portal_s()
    {
        var actions = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.Equal(["operator/mail-preview"], With<ShowsFramesAttribute>());
        Assert.Equal(["operator/mail-preview/html"], With<ShownInFrameAttribute>());

        IEnumerable<string?> With<TAttribute>()
            where TAttribute : Attribute => actions.Where(action => action.Metadata.GetMetadata<TAttribute>() is not null).Select(action => action.RoutePattern.RawText?.TrimStart('/'));
    }

    [Fact]
    public async Task A_refusal_of_such_an_action_carries_the_portal_s_policy()
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync("/operator/mail-preview/html");

        Assert.Equal((HttpStatusCode.Forbidden, ExpectedHeaders.Policy, "DENY"), (answer.StatusCode, answer.Header("Content-Security-Policy"), answer.Header("X-Frame-Options")));
    }

    [Theory]
    [InlineData("/o/alpine-cloud")]
    [InlineData("/o/alpine-cloud/action-center")]
    [InlineData("/no-such-page")]
    public async Task What_somebody_sees_is_kept_by_no_cache(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync(address);

        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    // What a cache would take for a file is the page of nobody.
    [Theory]
    [InlineData("/o/alpine-cloud/x.css")]
    [InlineData("/o/alpine-cloud/action-center/x.js")]
    [InlineData("/o/alpine-cloud/action-center.css")]
    [InlineData("/o/alpine-cloud/action-center/1/x.png")]
    [InlineData("/css/no-such.css")]
    [InlineData("/css/")]
    [InlineData("/js")]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/App_Data/partnercenter.db")]
    [InlineData("/PartnerCenter.Web.dll")]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    public async Task What_is_no_file_of_the_portal_is_not_there(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PROPFIND")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task A_method_that_nothing_answers_to_is_refused(string method)
    {
        var answer = await app.Visit().SendAsync(new HttpRequestMessage(new HttpMethod(method), "/"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.DoesNotContain(method, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cookie_goes_over_plain_http_where_people_sign_in_or_is_seen_by_a_script()
    {
        await using var portal = new NamedPortal();
        var visitor = portal.Visit("https://partners.example.com");
        var start = await visitor.OpenAsync("/");
        var answers = new List<HttpResponseMessage> { start.Answer, await visitor.PressAsync(start.Find("button[value=global-admin]")) };
        await visitor.OpenAsync(Home);
        answers.Add(await visitor.ForgeAsync("/theme", ("theme", "dark")));
        answers.Add(await visitor.ForgeAsync("/density", ("density", "compact")));

        var cookies = answers.SelectMany(answer => answer.CookiesSet()).ToList();

        Assert.Superset(new HashSet<string> { "__Host-pc", "__Host-pc-theme", "__Host-pc-density", "__Host-pc-language" }, cookies.Select(cookie => cookie.Name.ToString()).ToHashSet());
        Assert.All(cookies, cookie =>
        {
            Assert.True(cookie is { Secure: true, HttpOnly: true } && cookie.Path == "/" && !cookie.Domain.HasValue, cookie.ToString());
            Assert.True(cookie.SameSite is Microsoft.Net.Http.Headers.SameSiteMode.Lax or Microsoft.Net.Http.Headers.SameSiteMode.Strict, cookie.ToString());
        });
    }

    private async Task<HttpResponseMessage> WhileAsync(Action fault, Func<Task<HttpResponseMessage>> ask)
    {
        fault();
        try
        {
            return await ask();
        }
        finally
        {
            app.Database.Fault = null;
        }
    }

    private Task<HttpResponseMessage> PublishAsTextAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ApiCaller.Communications) { Content = new StringContent("{}", Encoding.UTF8, MediaTypeNames.Text.Plain) };
        request.Headers.Add("Authorization", $"Bearer {ApiCaller.DemoKey}");
        return app.Visit().SendAsync(request);
    }

    private sealed class LimitedPortal : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("RateLimits:Enabled", "true");
            builder.UseSetting("RateLimits:PerAddress", "1");
        }
    }

    private sealed class NamedPortal : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("AllowedHosts", "partners.example.com;localhost");
        }
    }
}
