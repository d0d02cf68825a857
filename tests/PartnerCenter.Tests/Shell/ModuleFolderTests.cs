using System.Net;
using System.Text.RegularExpressions;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Shell;

/// <summary>The modules of the pages: a browser finds them by names that change with them, although they import each other by plain ones.</summary>
public sealed partial class ModuleFolderTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_page_names_every_module_that_its_script_imports()
    {
        var visitor = app.Visit();
        var page = await visitor.OpenAsync("/");
        var named = page.FindAll("link[rel=modulepreload]").Select(link => link.GetAttribute("href")!).ToList();
        var script = page.Find("script[type=module]").GetAttribute("src")!;
        var folder = script[..(script.LastIndexOf('/') + 1)];

        var imported = new HashSet<string> { script };
        foreach (var module in named)
        {
            var answer = await visitor.GetAsync(module);
            Assert.Equal((HttpStatusCode.OK, "text/javascript"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            imported.UnionWith(Import().Matches(await answer.Content.ReadAsStringAsync()).Select(import => folder + import.Groups["file"].Value));
        }

        Assert.Matches("^/js/[0-9a-f]{10}/$", folder);
        Assert.Equal(imported.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_release_gets_the_modules_that_there_are_and_keeps_none()
    {
        var answer = await app.Visit().GetAsync("/js/0123456789/portal.js");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("/js/0123456789/no-such-module.js")]
    [InlineData("/js/0123456789/")]
    [InlineData("/js/0123456789/portal.js/more")]
    public async Task What_is_no_module_is_not_there(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visit().GetAsync(address)).StatusCode);

    [GeneratedRegex("from \"\\./(?<file>[^\"]+)\";", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Import();
}
