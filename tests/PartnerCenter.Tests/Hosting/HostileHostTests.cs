using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>Whatever a request says of the host that it asks, no link of a mail or a page leads there (abuse case 26).</summary>
public sealed class HostileHostTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<string, string> Claims => new()
    {
        { "Host", "evil.example" },
        { "Host", "evil.example:80" },
        { "Host", "localhost.evil.example" },
        { "Host", "evil.example#localhost" },
        { "Host", "127.0.0.1.evil.example" },
        { "Host", "[::2]" },
        { "X-Forwarded-Host", "evil.example" },
        { "X-Forwarded-Host", "localhost, evil.example" },
        { "X-Forwarded-Server", "evil.example" },
        { "X-Forwarded-Proto", "javascript" },
        { "X-Forwarded-Prefix", "//evil.example" },
        { "X-Original-Host", "evil.example" },
        { "X-Host", "evil.example" },
        { "Forwarded", "host=evil.example;proto=https" },
        { "X-Original-URL", "//evil.example" },
        { "X-Rewrite-URL", "https://evil.example/" },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task What_a_request_says_of_its_host_reaches_no_link(string header, string claim)
    {
        var visitor = await app.SignInAsync("billing-admin");
        await visitor.OpenAsync("/o/alpine-cloud");
        var before = TestMails().Count;
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/o/alpine-cloud/my-preferences/where-mail-goes/test")
        {
            Content = new FormUrlEncodedContent([new(Visitor.TokenField, visitor.Token!)]),
        };
        using var page = new HttpRequestMessage(HttpMethod.Get, "/o/alpine-cloud");
        asked.Headers.TryAddWithoutValidation(header, claim);
        page.Headers.TryAddWithoutValidation(header, claim);
        app.Clock.Advance(TimeSpan.FromMinutes(20));

        var answer = await visitor.SendAsync(asked);
        await app.SendMailsAsync();

        if (answer.StatusCode != HttpStatusCode.BadRequest)
        {
            Assert.StartsWith("/o/alpine-cloud", answer.LocationOf(), StringComparison.Ordinal);
            var mail = Assert.Single(TestMails()[before..]);
            Assert.Contains("http://localhost", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", mail, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("evil.example", await (await visitor.SendAsync(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private List<string> TestMails() => Directory.Exists(app.MailFolder)
        ? [.. Directory.EnumerateFiles(app.MailFolder, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(mail => mail.Contains("This is the test mail that you asked for", StringComparison.Ordinal))]
        : [];
}
