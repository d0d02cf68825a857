using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What is larger than an address accepts. Only the real server counts what comes in, so these tests go over the network.</summary>
public sealed class LargeRequestTests : IDisposable
{
    private const int LargestRequest = 256 * 1024;

    private const int LargestForm = 1024 * 1024;
    private const int MostFields = 1024;

    private readonly LoggedPortal _app = new();
    private readonly HttpClient _http;

    public LargeRequestTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
        _http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _app.ClientOptions.BaseAddress };
    }

    public void Dispose()
    {
        _http.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused_with_a_problem_document()
    {
        var answer = await new ApiCaller(_app).PublishAsync(new string(' ', LargestRequest + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task One_that_does_not_say_how_large_it_is_is_refused_alike_and_leaves_no_stack_trace()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ApiCaller.Communications)
        {
            Content = new StringContent(new string(' ', LargestRequest + 1), Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.TransferEncodingChunked = true;

        var answer = await new ApiCaller(_app).SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await Problem.ReadAsync(answer);
        AssertNoStackTrace();
    }

    [Fact]
    public async Task A_request_of_the_largest_size_is_read()
    {
        var body = ApiCaller.Body().ToJsonString();

        var answer = await new ApiCaller(_app).PublishAsync(body.PadRight(LargestRequest - (body.Length * 2)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_in_words()
    {
        var visitor = await SignInAsync();

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/o/alpine-cloud/action-center/read-all", ("filler", new string('x', LargestForm))));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "That was too much at once"), (page.Status, page.Heading));
        AssertNoStackTrace();
    }

    [Fact]
    public async Task A_form_that_does_not_say_how_large_it_is_is_read_no_further_than_it_may_be()
    {
        var visitor = await SignInAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/o/alpine-cloud/action-center/read-all")
        {
            Content = new FormUrlEncodedContent([.. Enumerable.Range(0, 5).Select(i => KeyValuePair.Create($"filler{i}", new string('x', LargestForm / 4)))]),
        };
        request.Headers.TransferEncodingChunked = true;

        var page = await visitor.ReadAsync(await visitor.SendAsync(request));

        Assert.Equal((HttpStatusCode.BadRequest, "That request could not be understood"), (page.Status, page.Heading));
        AssertNoStackTrace();
    }

    [Theory]
    [InlineData(MostFields + 1, 1)]
    [InlineData(1, (256 * 1024) + 1)]
    public async Task A_form_with_too_many_fields_or_too_long_a_field_is_refused_in_words(int fields, int length)
    {
        var visitor = await SignInAsync();

        var page = await visitor.ReadAsync(await visitor.ForgeAsync(
            "/o/alpine-cloud/action-center/read-all", [.. Enumerable.Range(0, fields).Select(i => ($"f{i}", new string('x', length)))]));

        Assert.Equal((HttpStatusCode.BadRequest, "That request could not be understood"), (page.Status, page.Heading));
        AssertNoStackTrace();
    }

    [Fact]
    public async Task An_import_may_be_larger_than_a_form_and_is_told_in_words_when_it_is_larger_than_that()
    {
        var visitor = await SignInAsync();
        var page = await visitor.OpenAsync("/o/alpine-cloud/account-settings/users/import");
        var button = page.ButtonOf("/o/alpine-cloud/account-settings/users/import");

        var read = await visitor.ReadAsync(await visitor.UploadAsync(button, "File", new byte[2 * LargestForm]));
        var refused = await visitor.ReadAsync(await visitor.UploadAsync(button, "File", new byte[9 * LargestForm]));

        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, read.Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "That was too much at once"), (refused.Status, refused.Heading));
        AssertNoStackTrace();
    }

    [Fact]
    public async Task Turning_mail_off_takes_next_to_nothing()
    {
        var answer = await Browser().PostWithoutTokenAsync("/unsubscribe/nothing", ("filler", new string('x', 5000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private Visitor Browser()
    {
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return new Visitor(_http);
    }

    private async Task<Visitor> SignInAsync()
    {
        var visitor = Browser();
        await visitor.OpenAsync("/");
        Assert.Equal(HttpStatusCode.Found, (await visitor.ForgeAsync("/sign-in/demo", ("person", "global-admin"))).StatusCode);
        await visitor.OpenAsync("/o/alpine-cloud");
        return visitor;
    }

    // What is wrong with a request is nothing that somebody has to look into.
    private void AssertNoStackTrace() => Assert.Empty(_app.Log.Of<ExceptionHandlerMiddleware>());
}
