using System.IO.Compression;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

public sealed class PageCompressionTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud";

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    [InlineData("same-origin")]
    public async Task A_page_travels_compressed(string? site)
    {
        var answer = await AskAsync(Home, site);

        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        Assert.Contains("Accept-Encoding", answer.Header("Vary"), StringComparison.Ordinal);
        await using var page = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(page);
        Assert.EndsWith("</html>", (await reader.ReadToEndAsync()).TrimEnd(), StringComparison.Ordinal);
    }

    // Its length would tell whoever made the browser ask how well a guess of theirs fits what stands in the page.
    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_page_that_another_site_makes_a_browser_ask_for_does_not(string site)
    {
        var answer = await AskAsync(Home, site);

        Assert.Null(answer.Header("Content-Encoding"));
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData($"{Home}/account-settings/users/export.csv")]
    public async Task Nothing_but_pages_is_compressed_on_the_way(string address)
    {
        var answer = await AskAsync(address, site: null);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Null(answer.Header("Content-Encoding"));
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string? site)
    {
        var visitor = await app.SignInAsync("global-admin");
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", "br, gzip");
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await visitor.SendAsync(request);
    }
}
