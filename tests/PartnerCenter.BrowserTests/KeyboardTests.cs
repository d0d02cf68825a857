using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

public sealed class KeyboardTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string Home = "/o/alpine-cloud";

    public static TheoryData<HeaderMenu> Menus => [.. Enum.GetValues<HeaderMenu>()];

    [BrowserFact]
    public async Task The_first_stop_is_a_link_that_leads_past_the_header()
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Link("Skip to content")).ToBeFocusedAsync();
        await Expect(page.Link("Skip to content")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Tab_goes_through_the_header_in_its_order_and_shows_where_it_is()
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);
        await page.Keyboard.PressAsync("Tab");
        ILocator[] stops =
        [
            page.Tool(HeaderMenu.Navigation),
            page.Link("PartnerCenter"),
            page.SearchBar(),
            page.Button("Search"),
            page.Tool(HeaderMenu.Bell),
            page.Tool(HeaderMenu.Help),
            page.Tool(HeaderMenu.Settings),
            page.Tool(HeaderMenu.Profile),
        ];

        foreach (var stop in stops)
        {
            await page.Keyboard.PressAsync("Tab");
            await Expect(stop).ToBeFocusedAsync();
            await Expect(stop).ToHaveCSSAsync("outline-style", "solid");
            await Expect(stop).ToHaveCSSAsync("outline-width", "3px");
            await Expect(stop).ToHaveCSSAsync("outline-color", "rgb(255, 255, 255)");
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Menus))]
    public async Task Enter_opens_a_menu_and_Escape_closes_it_and_gives_the_focus_back(HeaderMenu menu)
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);

        await page.Tool(menu).PressAsync("Enter");
        await Expect(page.Menu(menu)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Menu(menu).Locator("a, button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Menu(menu)).ToBeHiddenAsync();
        await Expect(page.Tool(menu)).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Opening_a_menu_closes_the_one_that_was_open()
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);
        await page.Tool(HeaderMenu.Bell).PressAsync("Enter");
        await Expect(page.Menu(HeaderMenu.Bell)).ToBeVisibleAsync();

        await page.Tool(HeaderMenu.Settings).PressAsync("Enter");

        await Expect(page.Menu(HeaderMenu.Settings)).ToBeVisibleAsync();
        await Expect(page.Menu(HeaderMenu.Bell)).ToBeHiddenAsync();
    }

    // The navigation stands beside the page here.
    public static TheoryData<HeaderMenu> MenusOverThePage => [.. Enum.GetValues<HeaderMenu>().Except([HeaderMenu.Navigation])];

    [BrowserTheory]
    [MemberData(nameof(MenusOverThePage))]
    public async Task A_click_elsewhere_closes_a_menu(HeaderMenu menu)
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);
        await page.Tool(menu).ClickAsync();
        await Expect(page.Menu(menu)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Contentinfo).ClickAsync();

        await Expect(page.Menu(menu)).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Escape_closes_the_information_of_a_tile_and_gives_the_focus_back()
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);
        var information = page.GetByRole(AriaRole.Main).Locator("summary").First;

        await information.PressAsync("Enter");
        await Expect(page.Link("Which roles give access").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Link("Which roles give access")).ToHaveCountAsync(0);
        await Expect(information).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task What_is_wrong_with_a_form_has_the_focus_and_leads_to_the_field()
    {
        var page = await SignInAs("operator");
        await page.Open("/operator/communications/new");
        await page.Button("Publish").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByLabel("Workspace", new() { Exact = true })).ToBeFocusedAsync();
    }
}
