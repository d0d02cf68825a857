using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Search;

public sealed class SearchTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Search = "/o/alpine-cloud/search";

    [Fact]
    public async Task It_finds_a_workspace_by_its_name()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync($"{Search}?q=bILLing");

        Assert.Equal("Results for “bILLing”", page.Heading);
        Assert.Contains("/o/alpine-cloud/workspaces/billing", Destinations(page));
    }

    [Fact]
    public async Task It_finds_a_workspace_by_what_it_is_for()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync($"{Search}?q=invoices until they are paid");

        Assert.Equal(["/o/alpine-cloud/workspaces/billing"], Destinations(page));
    }

    [Fact]
    public async Task It_finds_pages()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Search}?q=preferences");

        Assert.Contains("/o/alpine-cloud/my-preferences", Destinations(page));
    }

    [Fact]
    public async Task It_finds_communications_by_their_title()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync($"{Search}?q=tax number");

        Assert.Equal(["Review the tax number on your invoices"], page.TextsOf(".communication-title a"));
    }

    [Fact]
    public async Task It_offers_to_archive_what_may_be_archived_as_it_stands()
    {
        const string actionCenter = "/o/alpine-cloud/action-center";
        var visitor = await app.SignInAsync("agent");
        var recommended = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Quarry: recommended", RoleCatalogue.SalesAgent));
        var mandatory = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Quarry: mandatory", RoleCatalogue.SalesAgent));
        foreach (var id in new[] { recommended, mandatory })
            await visitor.PressAsync((await visitor.OpenAsync($"{actionCenter}/{id}")).ButtonOf($"{actionCenter}/{id}/complete"));

        var page = await visitor.OpenAsync($"{Search}?q=quarry");

        Assert.Equal(["Quarry: mandatory", "Quarry: recommended"], page.TextsOf(".communication-title a"));
        Assert.True(page.PostsTo($"{actionCenter}/{recommended}/archive"));
        Assert.False(page.PostsTo($"{actionCenter}/{mandatory}/archive"));
    }

    [Fact]
    public async Task It_finds_communications_in_the_language_of_the_reader()
    {
        var visitor = await app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync("/o/lowland-digital/search?q=btw-nummer");

        Assert.Equal(["Controleer het btw-nummer op uw facturen"], page.TextsOf(".communication-title a"));
    }

    [Theory]
    [InlineData("guest", "billing")]
    [InlineData("guest", "Billing")]
    [InlineData("guest", "invoices")]
    [InlineData("guest", "e")]
    [InlineData("newcomer", "billing")]
    [InlineData("newcomer", "a")]
    [InlineData("referrals", "invoice")]
    public async Task It_never_gives_Billing_to_whom_it_is_closed(string person, string words)
    {
        var visitor = await app.SignInAsync(person);

        var page = await visitor.OpenAsync($"{Search}?q={words}");

        Assert.DoesNotContain("/o/alpine-cloud/workspaces/billing", Destinations(page));
        Assert.DoesNotContain("invoices", string.Join('|', page.TextsOf(".communication-title a")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sent mail")]
    [InlineData("e")]
    public async Task It_never_gives_a_page_that_is_closed(string words)
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync($"{Search}?q={words}");

        Assert.DoesNotContain("/o/alpine-cloud/sent-mail", Destinations(page));
    }

    [Fact]
    public async Task It_does_not_find_what_is_not_for_me()
    {
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Zanzibar for agents", RoleCatalogue.AdminAgent));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Zanzibar for Lowland", RoleCatalogue.DefaultUser) with { Organizations = ["lowland-digital"] });
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync($"{Search}?q=Zanzibar");

        Assert.StartsWith("Nothing was found that you can open.", page.TextOf(".empty"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("[a-z]")]
    [InlineData("' OR '1'='1")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{7*7}}")]
    public async Task Signs_are_searched_for_as_they_are(string words)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q={Uri.EscapeDataString(words)}");

        Assert.Empty(page.FindAll(".communication"));
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task Percent_is_found_as_percent()
    {
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "Save 10% now_or_never", RoleCatalogue.GlobalAdmin));
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q={Uri.EscapeDataString("10% now_or")}");

        Assert.Equal(["Save 10% now_or_never"], page.TextsOf(".communication-title a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20%20")]
    public async Task Without_words_it_asks_for_some(string query)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}{query}");

        Assert.Equal("Type a few words in the search bar above.", page.TextOf(".empty"));
    }

    [Fact]
    public async Task More_than_a_hundred_characters_find_nothing()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q={new string('x', 101)}");

        Assert.StartsWith("Nothing was found", page.TextOf(".empty"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_search_bar_keeps_the_words()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q=%22quoted%22%20%26%20more");

        Assert.Equal("\"quoted\" & more", page.Find("#search").GetAttribute("value"));
    }

    private static IEnumerable<string?> Destinations(Page page) => page.FindAll(".destinations a").Select(link => link.GetAttribute("href"));
}
