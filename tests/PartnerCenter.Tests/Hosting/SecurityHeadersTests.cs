using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>The headers that every answer carries.</summary>
public sealed class SecurityHeadersTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/o/alpine-cloud", HttpStatusCode.Found)]
    [InlineData("/css/tokens.css", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/api/v1/catalogue", HttpStatusCode.Unauthorized)]
    [InlineData("/healthz/live", HttpStatusCode.OK)]
    public async Task Every_answer_carries_them(string address, HttpStatusCode status)
    {
        var answer = await app.Visit().GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(Policy, answer.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task A_page_with_a_frame_may_show_what_the_portal_itself_serves_and_nothing_else_changes()
    {
        var visitor = await app.SignInAsync("operator");

        var answer = await visitor.GetAsync("/operator/mail-preview");

        Assert.Equal($"{Policy}; frame-src 'self'", answer.Header("Content-Security-Policy"));
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

        Assert.Equal((HttpStatusCode.Forbidden, Policy, "DENY"), (answer.StatusCode, answer.Header("Content-Security-Policy"), answer.Header("X-Frame-Options")));
    }

    [Theory]
    [InlineData("/o/alpine-cloud")]
    [InlineData("/o/alpine-cloud/action-center")]
    [InlineData("/no-such-page")]
    public async Task What_somebody_sees_is_kept_by_no_cache(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync(address);

        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
    }
}
