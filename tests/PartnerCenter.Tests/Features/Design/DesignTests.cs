using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Tests.Features.Design;

public sealed partial class DesignTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Address = "/design";

    [Fact]
    public async Task In_development_it_is_there_without_a_sign_in()
    {
        var page = await app.Visit().OpenAsync(Address);

        Assert.Equal((HttpStatusCode.OK, "Design system"), (page.Status, page.Heading));
        Assert.True(page.Has("link[rel=stylesheet][href^='/css/design.']"));
    }

    [Theory]
    [InlineData("global-admin", "en")]
    [InlineData("dutch-admin", "nl")]
    public async Task Whoever_is_signed_in_reads_its_own_words_in_english_too(string person, string language)
    {
        var page = await (await app.SignInAsync(person)).OpenAsync(Address);

        Assert.Equal((HttpStatusCode.OK, language), (page.Status, page.Language));
        Assert.Equal("en", page.Find("h1").GetAttribute("lang"));
        Assert.All(page.FindAll("main > section"), part => Assert.Equal("en", part.GetAttribute("lang")));
    }

    [Fact]
    public async Task It_leads_to_each_of_its_parts()
    {
        var page = await app.Visit().OpenAsync(Address);

        Assert.Equal(
            page.FindAll("main > section").Select(part => $"#{part.Id}"),
            page.FindAll("main > nav a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task It_shows_every_icon_and_every_token()
    {
        var page = await app.Visit().OpenAsync(Address);

        Assert.Equal(Icons.Names.Order(StringComparer.Ordinal), page.TextsOf("#icons ul:first-of-type li").Order(StringComparer.Ordinal));
        Assert.Equal(
            Tokens().Matches(Repository.Read("src/PartnerCenter.Web/wwwroot/css/tokens.css")).Select(token => token.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal),
            page.TextsOf(":is(#colours, #sizes) tbody th").Order(StringComparer.Ordinal));
    }

    // What a page is no longer made of would otherwise be shown here without its style.
    [Fact]
    public async Task It_shows_no_class_that_no_style_sheet_knows()
    {
        var known = Repository.SourceFiles(".css").SelectMany(file => ClassName().Matches(File.ReadAllText(file))).Select(name => name.Groups["name"].Value).ToHashSet();

        var page = await app.Visit().OpenAsync(Address);

        // One of several variants may look as what they vary.
        Assert.DoesNotContain(
            page.FindAll("main [class]").SelectMany(element => element.ClassList).Distinct(),
            name => !known.Contains(name) && !known.Contains(name.Split("--")[0]));
    }

    [GeneratedRegex("^ *(?<name>--[a-z0-9-]+):", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\.(?<name>[a-z][a-z0-9-]*)", RegexOptions.NonBacktracking)]
    private static partial Regex ClassName();
}

public sealed class DesignInProductionTests(DesignInProductionTests.App app) : IClassFixture<DesignInProductionTests.App>
{
    [Fact]
    public async Task Its_address_is_like_any_that_is_not_there()
    {
        var visitor = app.Visit();

        var page = await visitor.OpenAsync("/design");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(Anonymous.Html(await visitor.OpenAsync("/no-such-page")), Anonymous.Html(page));
    }

    public sealed class App : PortalApp
    {
        protected override bool IsDemo => false;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment(Environments.Production);
            builder.UseSetting("KeyRing:CertificateFile", KeyCertificates.File);
        }
    }
}
