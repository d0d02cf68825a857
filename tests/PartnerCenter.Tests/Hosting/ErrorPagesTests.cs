using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What people see when something cannot be done.</summary>
public sealed class ErrorPagesTests : IDisposable
{
    private readonly PortalApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_page_that_is_not_there_says_so_and_leads_back()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("This page is not here", page.Heading);
    }

    [Fact]
    public async Task While_the_database_is_away_everybody_is_asked_to_come_back()
    {
        var visitor = await _app.SignInAsync("global-admin");
        _app.Database.IsAway = true;

        var answer = await visitor.GetAsync("/o/alpine-cloud");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("30", answer.Header("Retry-After"));
        Assert.DoesNotContain("Sqlite", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_tells_life_from_readiness_and_nothing_else()
    {
        var visitor = _app.Visit();
        var ready = await (await visitor.GetAsync("/healthz/ready")).Content.ReadAsStringAsync();
        _app.Database.IsAway = true;

        var live = await visitor.GetAsync("/healthz/live");
        var notReady = await visitor.GetAsync("/healthz/ready");

        Assert.Equal("ready", ready);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Equal("not ready", await notReady.Content.ReadAsStringAsync());
    }
}
