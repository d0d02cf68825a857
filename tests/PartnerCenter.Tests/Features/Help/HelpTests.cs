using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Help;

public sealed class HelpTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Help = "/o/alpine-cloud/help";

    [Fact]
    public async Task The_list_has_the_articles_by_chapter_with_what_they_are_about()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Help);

        Assert.Equal(["Working in the portal", "Managing your organization", "Workspaces"], page.TextsOf("main h2"));
        Assert.Contains($"{Help}/billing", page.FindAll(".articles a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain(page.FindAll(".articles a"), link => link.GetAttribute("href")!.Contains("operator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_article_is_read_in_the_language_of_the_reader_and_its_links_stay_in_the_directory()
    {
        var english = await (await app.SignInAsync("billing-admin")).OpenAsync($"{Help}/my-preferences");
        var dutch = await (await app.SignInAsync("dutch-admin")).OpenAsync("/o/lowland-digital/help/my-preferences");

        Assert.NotEqual(english.Heading, dutch.Heading);
        Assert.Contains(dutch.FindAll(".article a"), link => link.GetAttribute("href") == "/o/lowland-digital/my-preferences");
        Assert.All(dutch.FindAll(".article a"), link => Assert.StartsWith("/o/lowland-digital/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.True(english.FindAll(".article h2").Count > 1);
    }

    [Theory]
    [InlineData("no-such-article")]
    [InlineData("operator-publishing")]
    [InlineData("..%2Fen%2Fbilling")]
    [InlineData("Billing")]
    public async Task What_is_no_article_for_members_is_not_there(string article)
    {
        var visitor = await app.SignInAsync("global-admin");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"{Help}/{article}")).Status);
    }

    [Fact]
    public async Task What_is_about_a_workspace_that_the_organization_does_not_have_is_not_there()
    {
        var visitor = await app.ArriveAsync("publisher", "harbor-apps");

        var list = await visitor.OpenAsync("/o/harbor-apps/help");
        var article = await visitor.OpenAsync("/o/harbor-apps/help/billing");

        Assert.DoesNotContain("/o/harbor-apps/help/billing", list.FindAll(".articles a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, article.Status);
    }

    [Fact]
    public async Task Whoever_cannot_open_a_workspace_can_read_what_it_is()
    {
        var visitor = await app.SignInAsync("newcomer");

        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync($"{Help}/billing")).Status);
    }

    [Theory]
    [InlineData("/o/alpine-cloud/my-preferences", "my-preferences")]
    [InlineData("/o/alpine-cloud/my-preferences/contact", "contact-address")]
    [InlineData("/o/alpine-cloud/workspaces/billing", "billing")]
    [InlineData("/o/alpine-cloud/account-settings/users/add", "add-people")]
    public async Task The_help_panel_has_what_fits_the_page_first(string address, string article)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(address);

        Assert.Equal($"{Help}/{article}", page.FindAll(".help-list a")[0].GetAttribute("href"));
    }

    [Fact]
    public async Task Operators_have_articles_of_their_own()
    {
        var visitor = await app.SignInAsync("operator");

        var start = await visitor.OpenAsync("/operator");
        var list = await visitor.OpenAsync("/operator/help");

        Assert.Equal("/operator/help/operator-publishing", start.FindAll(".help-list a")[0].GetAttribute("href"));
        Assert.Equal(["Running the program"], list.TextsOf("main h2"));
        foreach (var link in list.FindAll(".articles a"))
            Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(link.GetAttribute("href")!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/operator/help/billing")).Status);
    }
}
