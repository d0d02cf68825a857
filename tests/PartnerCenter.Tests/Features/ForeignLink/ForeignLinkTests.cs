using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Features.ForeignLink;

/// <summary>A link of a communication to a host that nobody vouches for: a page says where it leads, and nobody but the portal makes such a page.</summary>
public sealed class ForeignLinkTests(ForeignLinkTests.TrustingPortal app) : IClassFixture<ForeignLinkTests.TrustingPortal>
{
    private const string Leaving = "/leaving";

    /// <summary>What no link may be, however it is put: each would lead elsewhere than it seems to, or run something.</summary>
    public static TheoryData<string> Hostile =>
    [
        "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\\/evil.example",
        "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "/\u00a0/evil.example", "/\u3000/evil.example",
        "https:evil.example", "https:/evil.example", "https:\\\\evil.example", "https:/\\evil.example", "https:\t//evil.example", "ht\ntps://evil.example", "https://", "https:///evil.example",
        "http://evil.example", "HTTP://evil.example", "ftp://evil.example", "ws://evil.example", "file:///etc/passwd", "blob:https://evil.example/1", "filesystem:https://evil.example/x",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", "\u0001javascript:alert(1)", "javascript://learn.example.com/%0aalert(1)", "jav&#x09;ascript:alert(1)",
        "data:text/html,x", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "view-source:https://evil.example", "intent://evil.example#Intent;end", "about:blank", "tel:+31201234567",
        "https://learn.example.com@evil.example", "https://learn.example.com:443@evil.example/", "https://user:password@evil.example", "https://@evil.example", "https://learn.example.com%40evil.example",
        "https://learn.example.com\\@evil.example", "https://learn.example.com\t.evil.example", "https://learn.example.com /", "https://evil.example/\u0000", "https://evil.example/\u2028x",
        "https://evil .example", "https://[evil.example]", "https://evil.example:99999", "https://evil.example:port", "https://%65vil.example", "https://a..b", "https://?evil.example", "https://#evil.example",
        "evil.example", "o/alpine-cloud", "?to=//evil.example", "#evil", "@evil.example", "~//evil.example", "", " ",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_address_is_no_link_in_a_text_and_none_of_a_communication(string link)
    {
        Assert.Null(LinkPolicy.Of(link));
        using var scope = app.Services.CreateScope();
        Assert.Equal("", scope.ServiceProvider.GetRequiredService<Web.Shell.Communications.ForeignLinks>().To(link));

        var visitor = await app.SignInAsync("global-admin");
        foreach (var query in new[] { $"to={Uri.EscapeDataString(link)}", $"to={link}", $"url={Uri.EscapeDataString(link)}", $"returnUrl={Uri.EscapeDataString(link)}" })
        {
            using var answer = await visitor.GetAsync($"{Leaving}?{string.Concat(query.Where(c => !char.IsControl(c)))}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
        }
    }

    [Fact]
    public async Task The_way_to_the_work_leads_by_a_page_that_says_where_it_goes_and_asks_once()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(await LinkOfAsync(visitor, "https://elsewhere.example/path?a=b&c=d#part"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("You are leaving the portal", page.Heading);
        Assert.Equal("elsewhere.example", page.TextOf("#where"));
        Assert.Contains("https://elsewhere.example/path?a=b&c=d#part", page.Text, StringComparison.Ordinal);
        var on = Assert.Single(page.FindAll("main a[href^='https:']"));
        Assert.Equal(("https://elsewhere.example/path?a=b&c=d#part", "noopener noreferrer"), (on.GetAttribute("href"), on.GetAttribute("rel")));
        Assert.False(page.Has("meta[http-equiv]"));
        Assert.Contains("no-store", page.Answer.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_do_the_links_of_its_text_in_every_spelling_of_markdown()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync("[one](https://elsewhere.example/1) <https://elsewhere.example/2> [three][3] [x@y](mailto:x@y.example) [ours](/my-profile) [trusted](https://learn.example.com/t)\n\n[3]: https://elsewhere.example/3 \"t\"", link: null);

        var links = (await visitor.OpenAsync($"/o/alpine-cloud/action-center/{id}")).FindAll(".prose a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.All(links.Take(3), link => Assert.StartsWith($"{Leaving}?to=", link, StringComparison.Ordinal));
        Assert.Equal(["mailto:x@y.example", "/my-profile", "https://learn.example.com/t"], links.Skip(3));
        foreach (var (link, n) in links.Take(3).Select((link, n) => (link, n + 1)))
            Assert.Equal($"https://elsewhere.example/{n}", (await visitor.OpenAsync(link)).Find("main a[href^='https:']").GetAttribute("href"));
        Assert.Contains("https://elsewhere.example/2", (await visitor.OpenAsync($"/o/alpine-cloud/action-center/{id}")).TextOf(".prose"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/o/alpine-cloud/my-access", "/o/alpine-cloud/my-access")]
    [InlineData("https://learn.example.com/a", "https://learn.example.com/a")]
    [InlineData("https://LEARN.example.com:443/a", "https://learn.example.com/a")]
    [InlineData("https://a.b.example.org/", "https://a.b.example.org/")]
    [InlineData("https://apps.example.net:8443/", "https://apps.example.net:8443/")]
    [InlineData("https://billing.example.nl/invoices", "https://billing.example.nl/invoices")]
    [InlineData("https://localhost:5080/my-profile", "https://localhost:5080/my-profile")]
    public async Task What_the_operator_trusts_leads_there_at_once(string link, string address) =>
        Assert.Equal(address, await LinkOfAsync(await app.SignInAsync("global-admin"), link));

    [Theory]
    [InlineData("https://learn.example.com.evil.example/", "learn.example.com.evil.example")]
    [InlineData("https://evil-learn.example.com/", "evil-learn.example.com")]
    [InlineData("https://learn.example.com:8443/", "learn.example.com:8443")]
    [InlineData("https://apps.example.net/", "apps.example.net")]
    [InlineData("https://example.org/", "example.org")]
    [InlineData("https://evilexample.org/", "evilexample.org")]
    [InlineData("https://localhost/", "localhost")]
    [InlineData("https://learn。example。com/", null)]
    [InlineData("https://learn．evil．example/", "learn.evil.example")]
    [InlineData("https://lеarn.example.com/", "xn--larn-v4d.example.com")]
    [InlineData("https://ⓔvil.example/", "evil.example")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("https://192.0.2.7/", "192.0.2.7")]
    [InlineData("https://3221225991/", "192.0.2.7")]
    [InlineData("https://0xC0.0.2.7/", "192.0.2.7")]
    [InlineData("https://[2001:db8::1]:444/", "[2001:db8::1]:444")]
    [InlineData("https://evil.example/https://learn.example.com", "evil.example")]
    [InlineData("https://evil.example#@learn.example.com/", "evil.example")]
    [InlineData("https://evil.example?@learn.example.com/", "evil.example")]
    public async Task What_looks_like_a_trusted_host_is_called_by_its_real_name(string link, string? host)
    {
        var visitor = await app.SignInAsync("global-admin");

        var address = await LinkOfAsync(visitor, link);

        if (host is null)
            Assert.Equal("https://learn.example.com/", address);
        else
            Assert.Equal(host, (await visitor.OpenAsync(address)).TextOf("#where"));
    }

    [Fact]
    public async Task A_link_that_was_not_sealed_here_for_this_reader_opens_nothing()
    {
        var visitor = await app.SignInAsync("global-admin");
        var made = await LinkOfAsync(visitor, "https://elsewhere.example/");
        var keys = app.Services.GetRequiredService<IDataProtectionProvider>();
        var anna = await app.InDatabaseAsync(db => Task.FromResult(db.People.Single(person => person.SignInAddress == "global-admin@demo.example").Id));

        string[] forged =
        [
            Leaving, $"{Leaving}?to=", made[..^1], made + "A", made.Replace("to=CfDJ8", "to=CfDJ9", StringComparison.Ordinal),
            .. new[]
            {
                keys.CreateProtector("PartnerCenter.Unsubscribe.v1").Protect($"{anna} https://evil.example/"),
                keys.CreateProtector("PartnerCenter.ForeignLink.v1").Protect("https://evil.example/"),
                keys.CreateProtector("PartnerCenter.ForeignLink.v1").Protect($"{anna + 1} https://evil.example/"),
                keys.CreateProtector("PartnerCenter.ForeignLink.v1").Protect($"{anna} javascript:alert(1)"),
                keys.CreateProtector("PartnerCenter.ForeignLink.v1").Protect($"{anna} //evil.example"),
                new EphemeralDataProtectionProvider().CreateProtector("PartnerCenter.ForeignLink.v1").Protect($"{anna} https://evil.example/"),
            }.Select(token => $"{Leaving}?to={token}"),
        ];

        Assert.All(forged, address => Assert.Equal(HttpStatusCode.NotFound, visitor.GetAsync(address).Result.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(made)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAsync("billing-admin")).GetAsync(made)).StatusCode);
        Assert.StartsWith("/?returnUrl=", (await app.Visit().GetAsync(made)).LocationOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("https://learn.example.com")]
    [InlineData("learn.example.com/path")]
    [InlineData("learn example.com")]
    [InlineData("a@b.example")]
    public void A_host_that_is_none_stops_the_start(string host)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(TrustedHosts.Setting, $"learn.example.com; {host}")]).Build();

        var refused = Assert.Throws<StartupException>(() => TrustedHosts.Read(settings, WorkspaceCatalogue.BuiltIn));

        Assert.StartsWith(TrustedHosts.Setting, refused.Message, StringComparison.Ordinal);
    }

    private Task<long> PublishAsync(string body, string? link) => app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Elsewhere", RoleCatalogue.GlobalAdmin) with
    {
        Content = Drafts.English("Elsewhere", body),
        Link = link,
    });

    private async Task<string> LinkOfAsync(Visitor visitor, string link)
    {
        var id = await PublishAsync("Look there.", link);
        var page = await visitor.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        var way = page.Find("article a.button");
        Assert.Equal("noopener noreferrer", way.GetAttribute("rel"));
        return way.GetAttribute("href")!;
    }

    public sealed class TrustingPortal : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting(TrustedHosts.Setting, "learn.example.com; *.example.org; apps.example.net:8443");
            builder.UseSetting("Workspaces:billing:WorkUrl", "https://billing.example.nl");
        }
    }
}
