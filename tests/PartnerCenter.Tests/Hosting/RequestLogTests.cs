using System.Net;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>One line per request: what kind of page it was and how it ended, and nothing of whom it was about.</summary>
public sealed class RequestLogTests : IDisposable
{
    private readonly LoggedPortal _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_page_is_logged_by_its_route_and_not_by_its_address()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync("/o/alpine-cloud/search?q=Anna+Winter");

        AssertLogged("GET o/{organization}/search answered 200", answer);
        Assert.DoesNotContain(_app.Log.Of<RequestLog>(), line => line.Contains("alpine-cloud", StringComparison.Ordinal) || line.Contains("Anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_rule_refuses_is_logged_with_the_route_that_was_asked_for_and_the_final_status()
    {
        var visitor = await _app.SignInAsync("guest");

        var answer = await visitor.GetAsync("/o/alpine-cloud/sent-mail");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        AssertLogged("GET o/{organization}/sent-mail answered 403", answer);
    }

    [Fact]
    public async Task An_address_that_is_not_there_has_no_route()
    {
        var answer = await _app.Visit().GetAsync("/anna.winter@alpine.example");

        AssertLogged("GET (none) answered 404", answer);
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 500)]
    public async Task A_fault_is_logged_with_the_route_in_which_it_happened_and_the_final_status(bool isAway, int status)
    {
        var visitor = await _app.SignInAsync("global-admin");
        _app.Database.Fault = new InvalidOperationException("The part number 4711 is broken.");
        if (isAway)
            _app.Database.IsAway = true;

        var answer = await visitor.GetAsync("/o/alpine-cloud/action-center/17");

        AssertLogged($"GET o/{{organization}}/action-center/{{id:long}} answered {status}", answer);
    }

    [Fact]
    public async Task A_publishing_is_logged_once()
    {
        var answer = await new ApiCaller(_app).PublishAsync(ApiCaller.Body());

        AssertLogged("POST api/v1/communications answered 201", answer);
        Assert.Single(_app.Log.Of<RequestLog>());
    }

    [Fact]
    public async Task A_supervisor_that_asks_every_second_fills_no_log()
    {
        await _app.Visit().GetAsync("/healthz/live");

        Assert.Empty(_app.Log.Of<RequestLog>());
    }

    // The code on the answer is the one in the log: with it, support finds the line.
    private void AssertLogged(string start, HttpResponseMessage answer)
    {
        var line = _app.Log.Of<RequestLog>()[^1];
        Assert.StartsWith($"{start} in ", line, StringComparison.Ordinal);
        Assert.EndsWith($"({answer.Header("X-Trace-Id")})", line, StringComparison.Ordinal);
    }
}
