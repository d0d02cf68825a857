using System.Net;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What is larger than an address accepts. Only the real server counts what comes in, so these tests go over the network.</summary>
public sealed class LargeRequestTests : IDisposable
{
    private const int LargestRequest = 256 * 1024;

    private readonly PortalApp _app = new();

    public LargeRequestTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
    }

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_request_that_is_too_large_is_refused_with_a_problem_document()
    {
        var answer = await new ApiCaller(_app).PublishAsync(new string(' ', LargestRequest + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task A_request_of_the_largest_size_is_read()
    {
        var body = ApiCaller.Body().ToJsonString();

        var answer = await new ApiCaller(_app).PublishAsync(body.PadRight(LargestRequest - (body.Length * 2)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
