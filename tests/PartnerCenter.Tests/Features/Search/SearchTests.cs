using Microsoft.EntityFrameworkCore;
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

    [Theory]
    [InlineData("earnings")]
    [InlineData("uitbetalingen")]
    [InlineData("payuots")]
    [InlineData("PAY")]
    public async Task It_finds_payouts_by_what_people_call_it_in_either_language_and_with_slips(string words)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q={words}");

        Assert.Contains("/o/alpine-cloud/workspaces/payouts", Destinations(page));
    }

    [Fact]
    public async Task A_workspace_that_no_role_opens_comes_with_the_way_to_ask_for_it()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Search}?q=billing");

        var closed = page.FindAll(".results--closed a")[0];
        Assert.Equal(("Billing", "/o/alpine-cloud/my-access/ask?workspace=billing"), (closed.TextContent, closed.GetAttribute("href")));
        var ask = await visitor.OpenAsync(closed.GetAttribute("href")!);
        Assert.Equal(System.Net.HttpStatusCode.OK, ask.Status);
    }

    [Fact]
    public async Task It_finds_articles_by_their_title_and_their_text()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Search}?q=preferences");

        Assert.Contains("/o/alpine-cloud/help/my-preferences", page.FindAll(".results--articles a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("global-admin", true)]
    [InlineData("billing-admin", false)]
    [InlineData("guest", false)]
    public async Task It_finds_people_for_those_who_may_see_them(string person, bool finds)
    {
        var member = await app.InDatabaseAsync(db => db.Memberships.Include(one => one.Person).SingleAsync(one => one.Person.Name == "Ben Keller"));
        var visitor = await app.SignInAsync(person);

        var page = await visitor.OpenAsync($"{Search}?q={Uri.EscapeDataString(member.Person.Name)}");

        Assert.Equal(
            finds ? [$"/o/alpine-cloud/account-settings/users/{member.Id}"] : [],
            page.FindAll(".results--people a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Suggestions_are_options_in_groups_that_lead_where_the_page_leads()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var part = await visitor.OpenPartAsync($"{Search}/suggestions?q=bill");

        Assert.Contains("Destinations", part.TextsOf(".suggestion-heading"));
        Assert.Contains("/o/alpine-cloud/workspaces/billing", part.FindAll("[role=option]").Select(option => option.GetAttribute("href")));
        Assert.Equal($"{part.FindAll("[role=option]").Count} suggestions", part.Find("[data-suggestions]").GetAttribute("data-suggestions"));
        Assert.All(part.FindAll("[role=option]"), option => Assert.Equal("false", option.GetAttribute("aria-selected")));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_suggest_it_says_so()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var part = await visitor.OpenPartAsync($"{Search}/suggestions?q=qqqqqqqqqqqq");

        Assert.Equal("Nothing was found that you can open.", part.Find("[data-suggestions]").GetAttribute("data-suggestions"));
        Assert.Empty(part.FindAll("[role=option]"));
    }

    [Fact]
    public async Task The_search_bar_keeps_the_words()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Search}?q=%22quoted%22%20%26%20more");

        Assert.Equal("\"quoted\" & more", page.Find("#search").GetAttribute("value"));
    }

    private static IEnumerable<string?> Destinations(Page page) => page.FindAll(".results--destinations a").Select(link => link.GetAttribute("href"));
}
