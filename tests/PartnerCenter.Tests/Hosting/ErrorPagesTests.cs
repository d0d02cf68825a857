using System.Net;
using PartnerCenter.Tests.Features.PublishingApi;
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

    [Theory]
    [InlineData("/error/200")]
    [InlineData("/error/0")]
    [InlineData("/error/404")]
    [InlineData("/error/500")]
    [InlineData("/error/503")]
    [InlineData("/error/99999")]
    public async Task The_address_of_an_error_page_is_like_any_that_is_not_there(string address)
    {
        var visitor = _app.Visit();

        var page = await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Null(page.Answer.Header("Retry-After"));
        Assert.Equal(Anonymous.Html(await visitor.OpenAsync("/no-such-page")), Anonymous.Html(page));
    }

    [Fact]
    public async Task While_the_database_is_away_everybody_is_asked_to_come_back()
    {
        var visitor = await _app.SignInAsync("global-admin");
        _app.Database.IsAway = true;

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("30", page.Answer.Header("Retry-After"));
        Assert.Equal("The portal is away for a moment", page.Heading);
        AssertStandsAlone(page);
    }

    [Fact]
    public async Task A_form_that_is_sent_while_the_database_is_away_gets_the_same_page()
    {
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");
        _app.Database.IsAway = true;

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/o/alpine-cloud/action-center/read-all"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The portal is away for a moment"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Whoever_is_signed_in_stays_so_when_the_database_is_back()
    {
        var visitor = await _app.SignInAsync("global-admin");
        _app.Database.IsAway = true;
        await visitor.OpenAsync("/o/alpine-cloud");
        _app.Database.IsAway = false;

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task While_the_database_is_away_a_publisher_gets_a_problem_document()
    {
        var caller = new ApiCaller(_app);
        _app.Database.IsAway = true;

        var answer = await caller.PublishAsync(ApiCaller.Body());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("30", answer.Header("Retry-After"));
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task A_fault_is_told_with_a_code_for_support_and_without_what_failed()
    {
        var visitor = await _app.SignInAsync("global-admin");
        _app.Database.Fault = new InvalidOperationException("The part number 4711 is broken.");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Null(page.Answer.Header("Retry-After"));
        Assert.Equal("Something went wrong on our side", page.Heading);
        AssertStandsAlone(page);
        Assert.DoesNotContain("4711", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page.Html, StringComparison.Ordinal);
    }

    // Abuse case 29: whatever breaks, nobody reads of what it is made.
    [Theory]
    [MemberData(nameof(Broken))]
    public async Task No_fault_of_any_kind_tells_of_the_inside(Type kind)
    {
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");
        var caller = new ApiCaller(_app);
        _app.Database.Fault = FaultOf(kind);

        var texts = new List<string>();
        foreach (var answer in new[]
        {
            await visitor.GetAsync("/o/alpine-cloud"),
            await visitor.ForgeAsync("/o/alpine-cloud/action-center/read-all"),
            await visitor.GetAsync("/o/alpine-cloud/account-settings/users/export.csv"),
            await _app.Visit().GetAsync("/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"),
            await caller.GetAsync("/api/v1/catalogue"),
        })
        {
            Assert.True(answer.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{kind.Name} answered {answer.StatusCode}");
            texts.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.All(texts, text =>
        {
            foreach (var inside in new[] { "4711", kind.Name, "Exception", "   at ", "PartnerCenter.", "System.", "Microsoft.", "SELECT", "Sqlite", "/src/", ".cs:line" })
                Assert.DoesNotContain(inside, text, StringComparison.Ordinal);
        });
    }

    public static TheoryData<Type> Broken =>
    [
        typeof(InvalidOperationException), typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException), typeof(NullReferenceException),
        typeof(IndexOutOfRangeException), typeof(KeyNotFoundException), typeof(FormatException), typeof(OverflowException), typeof(DivideByZeroException), typeof(InvalidCastException),
        typeof(NotSupportedException), typeof(NotImplementedException), typeof(TimeoutException), typeof(IOException), typeof(FileNotFoundException), typeof(UnauthorizedAccessException),
        typeof(OutOfMemoryException), typeof(System.Security.Cryptography.CryptographicException), typeof(System.Text.Json.JsonException), typeof(Microsoft.EntityFrameworkCore.DbUpdateException),
        typeof(Microsoft.AspNetCore.Http.BadHttpRequestException),
    ];

    private static Exception FaultOf(Type kind) => kind == typeof(Microsoft.AspNetCore.Http.BadHttpRequestException)
        ? new Microsoft.AspNetCore.Http.BadHttpRequestException("The part number 4711 is broken.")
        : (Exception)Activator.CreateInstance(kind, "The part number 4711 is broken. SELECT * FROM Sqlite")!;

    [Fact]
    public async Task A_fault_is_told_to_a_publisher_in_a_problem_document()
    {
        var caller = new ApiCaller(_app);
        _app.Database.Fault = new InvalidOperationException("The part number 4711 is broken.");

        var answer = await caller.GetAsync("/api/v1/catalogue");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.NotEmpty(answer.Header("X-Trace-Id") ?? "");
        Assert.DoesNotContain("4711", (await Problem.ReadAsync(answer)).ToJsonString(), StringComparison.Ordinal);
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

    // What is broken may be what a part of the page would need: bell, menus and navigation are left out.
    private static void AssertStandsAlone(Page page)
    {
        Assert.False(page.Has(".header-tools"));
        Assert.False(page.Has("nav"));
        Assert.Contains($"Code for support: {page.Answer.Header("X-Trace-Id")}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Sqlite", page.Html, StringComparison.OrdinalIgnoreCase);
    }
}
