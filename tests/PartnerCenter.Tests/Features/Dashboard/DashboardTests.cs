using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Dashboard;

public sealed class DashboardTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("global-admin", "account-settings action-center benefits billing customers incentives insights membership payouts pricing help-support")]
    [InlineData("billing-admin", "account-settings action-center billing customers membership pricing help-support")]
    [InlineData("guest", "account-settings action-center referrals help-support")]
    [InlineData("newcomer", "account-settings action-center help-support")]
    public async Task It_has_a_tile_for_each_workspace_that_my_roles_open(string person, string workspaces)
    {
        var visitor = await app.ArriveAsync(person);

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal([.. workspaces.Split(' ').Select(AddressIn("alpine-cloud")), "/o/alpine-cloud/my-access"], TilesOf(page));
    }

    [Fact]
    public async Task It_has_no_tile_for_a_workspace_that_the_organization_is_not_enrolled_for()
    {
        var visitor = await app.SignInAsync("publisher");

        var page = await visitor.OpenAsync("/o/harbor-apps");

        // A global admin's roles open Billing and Benefits too, but Harbor Apps has neither.
        Assert.Equal(
            [.. "account-settings action-center insights marketplace-offers payouts help-support".Split(' ').Select(AddressIn("harbor-apps")), "/o/harbor-apps/my-access"],
            TilesOf(page));
    }

    [Fact]
    public async Task Tiles_are_pinned_to_the_front_moved_there_and_let_go()
    {
        var visitor = await app.SignInAsync("agent");
        var before = TilesOf(await visitor.OpenAsync("/o/alpine-cloud")).ToList();

        await MoveAsync(visitor, "help-support", TileMove.Pin);
        await MoveAsync(visitor, "customers", TileMove.Pin);
        Assert.Equal(["help-support", "customers"], await FrontAsync(visitor, 2));

        await MoveAsync(visitor, "customers", TileMove.Earlier);
        Assert.Equal(["customers", "help-support"], await FrontAsync(visitor, 2));
        Assert.Equal(2, (await visitor.OpenAsync("/o/alpine-cloud")).FindAll(".tile-pin").Count);

        await MoveAsync(visitor, "customers", TileMove.Unpin);
        await MoveAsync(visitor, "help-support", TileMove.Unpin);
        Assert.Equal(before, TilesOf(await visitor.OpenAsync("/o/alpine-cloud")));
    }

    [Theory]
    [InlineData("referrals", "Pin")]
    [InlineData("no-such", "Pin")]
    [InlineData("billing", "Sideways")]
    [InlineData("billing", "")]
    public async Task What_is_no_tile_of_mine_or_no_move_is_refused(string workspace, string move)
    {
        var visitor = await app.SignInAsync("billing-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        var answer = await visitor.ForgeAsync($"/o/alpine-cloud/tiles/{workspace}", ("move", move));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False((await visitor.OpenAsync("/o/alpine-cloud")).Has(".tile-pin"));
    }

    [Fact]
    public async Task The_navigation_leads_to_the_same_workspaces()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(
            ["/o/alpine-cloud", .. TilesOf(page).Except(["/o/alpine-cloud/my-access"])],
            page.FindAll(".navigation a:not(.navigation-pages a)").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_tile_says_what_the_workspace_is_for_and_where_to_learn_more()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        var tile = TileOf(page, "billing");
        Assert.Contains("Follow your invoices until they are paid", tile.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/o/alpine-cloud/help/billing", "/o/alpine-cloud/my-access", "/o/alpine-cloud/action-center?workspace=billing"],
            tile.QuerySelectorAll("details a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_tile_counts_the_actions_that_are_open_in_its_workspace()
    {
        var visitor = await app.SignInAsync("agent");
        Assert.Null(TileOf(await visitor.OpenAsync("/o/alpine-cloud"), "pricing").QuerySelector(".tile-signal"));
        var draft = Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Look at the price list", RoleCatalogue.SalesAgent) with { Workspace = WorkspaceCatalogue.Pricing };
        await app.PublishAsync(draft);
        await app.PublishAsync(draft);
        await app.PublishAsync(draft with { Kind = "promotional-notification" });

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal("2 open actions", TileOf(page, "pricing").QuerySelector(".tile-signal")?.TextContent.Trim());
        Assert.Equal("1 open action", TileOf(page, "customers").QuerySelector(".tile-signal")?.TextContent.Trim());
    }

    [Fact]
    public async Task What_is_critical_stands_first_the_most_pressing_on_top()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(
            [
                "Confirm who owns your organization Account settings Overdue by 2 days",
                "Review the tax number on your invoices Billing 3 days left",
            ],
            page.TextsOf(".attention-item"));
        Assert.True(page.Html.IndexOf("attention-list", StringComparison.Ordinal) < page.Html.IndexOf("tiles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_critical_actions_it_shows_three_and_the_way_to_the_rest()
    {
        var visitor = await app.SignInAsync("helpdesk");
        for (var number = 1; number <= 4; number++)
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, $"Duty {number}", RoleCatalogue.HelpdeskAgent));

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(["Duty 1", "Duty 2", "Duty 3"], page.TextsOf(".attention-item a"));
        Assert.Equal("/o/alpine-cloud/action-center", page.Find(".attention > p > a").GetAttribute("href"));
        Assert.Equal("See all 4 mandatory actions", page.TextOf(".attention > p > a"));
    }

    [Fact]
    public async Task Where_nothing_is_critical_it_says_so()
    {
        var visitor = await app.ArriveAsync("newcomer");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal("Nothing is due. Well done.", page.TextOf(".attention p"));
    }

    [Fact]
    public async Task Each_directory_of_mine_has_its_own()
    {
        var visitor = await app.SignInAsync("two-directories");

        var lowland = await visitor.OpenAsync("/o/lowland-digital");
        var alpine = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal("Welcome to Lowland Digital", lowland.Heading);
        Assert.Equal("Welcome to Alpine Cloud", alpine.Heading);
        Assert.DoesNotContain("/o/lowland-digital/workspaces/payouts", TilesOf(lowland));
        Assert.Contains("/o/alpine-cloud/workspaces/payouts", TilesOf(alpine));
    }

    [Fact]
    public async Task What_it_shows_in_several_places_is_asked_for_once()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var (_, asked) = await app.OpenAskingAsync(visitor, "/o/alpine-cloud");

        Assert.NotEmpty(asked);
        Assert.Equal(asked.Distinct(), asked);
    }

    private static IEnumerable<string?> TilesOf(Page page) => page.FindAll(".tile h3 a").Select(link => link.GetAttribute("href"));

    private static AngleSharp.Dom.IElement TileOf(Page page, string workspace) =>
        page.Find($".tile:has(h3 a[href='/o/{DemoPeople.Alpine}/workspaces/{workspace}'])");

    private static Func<string, string> AddressIn(string organization) => workspace =>
        workspace is "action-center" or "account-settings" or "help-support" ? $"/o/{organization}/{workspace}" : $"/o/{organization}/workspaces/{workspace}";

    private static async Task MoveAsync(Visitor visitor, string workspace, TileMove move)
    {
        var page = await visitor.OpenAsync("/o/alpine-cloud");
        var answer = await visitor.PressAsync(page.Find($"#tile-{workspace} button[name=move][value={move}]"));
        Assert.Equal($"/o/alpine-cloud#tile-{workspace}", answer.LocationOf());
    }

    private static async Task<IEnumerable<string>> FrontAsync(Visitor visitor, int count) =>
        TilesOf(await visitor.OpenAsync("/o/alpine-cloud")).Take(count).Select(address => address!.Split('/')[^1]);
}
