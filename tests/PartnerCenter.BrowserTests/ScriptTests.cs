using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>What the scripts add to pages that work without them.</summary>
public sealed class ScriptTests(PortalInBrowser portal) : BrowserTest(portal)
{
    [BrowserFact]
    public async Task The_row_of_all_workspaces_turns_its_column_on_and_off_and_shows_when_it_is_mixed()
    {
        var page = await SignInAs("global-admin");
        await page.Open($"{Home}/my-preferences/edit");
        var all = page.Locator($"[name=Wanted][value='{Promotional}/*']");
        var others = page.Locator($"[name=Wanted][value^='{Promotional}/']:not([value$='*'])");
        var news = page.Locator("[name=Wanted][value^='transactional-notification/']");
        await Expect(all).ToBeCheckedAsync();

        await others.First.UncheckAsync();
        await Expect(all).ToBeCheckedAsync(new() { Indeterminate = true });

        await all.UncheckAsync();
        foreach (var other in await others.AllAsync())
            await Expect(other).Not.ToBeCheckedAsync();

        await others.Last.CheckAsync();
        await Expect(all).ToBeCheckedAsync(new() { Indeterminate = true });
        foreach (var box in await news.AllAsync())
            await Expect(box).ToBeCheckedAsync();
    }

    private const string Home = "/o/alpine-cloud";
    private const string ActionCenter = $"{Home}/action-center";
    private const string Promotional = "promotional-notification";

    [BrowserFact]
    public async Task The_bell_of_an_open_page_rings_for_what_is_new_and_takes_no_focus()
    {
        var page = await OpenWithOwnClock("billing-admin", $"{Home}/my-access");
        var before = await page.Badge();
        await page.SearchBar().FillAsync("half a wo");

        await Portal.Publisher.Publish(Promotional, "Rings while somebody types");
        await LetAMinutePass(page);

        await Expect(page.Locator("[data-bell-live]")).ToHaveTextAsync($"New in the Action Center: {before + 1} waiting");
        Assert.Equal(before + 1, await page.Badge());
        await Expect(page.SearchBar()).ToBeFocusedAsync();
        await Expect(page.SearchBar()).ToHaveValueAsync("half a wo");
    }

    [BrowserFact]
    public async Task The_bell_keeps_the_focus_that_it_has_when_it_rings()
    {
        var page = await OpenWithOwnClock("billing-admin", Home);
        var before = await page.Badge();
        await page.Tool(HeaderMenu.Bell).FocusAsync();

        await Portal.Publisher.Publish(Promotional, "Rings while the bell has the focus");
        await LetAMinutePass(page);

        await Expect(page.Tool(HeaderMenu.Bell)).ToContainTextAsync($"{before + 1} waiting");
        await Expect(page.Tool(HeaderMenu.Bell)).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task An_open_bell_stays_as_it_is_and_shows_what_is_new_once_it_was_closed()
    {
        var page = await OpenWithOwnClock("billing-admin", $"{Home}/my-access");
        var before = await page.Badge();
        var menu = page.Menu(HeaderMenu.Bell);
        await page.Tool(HeaderMenu.Bell).ClickAsync();
        await menu.GetByRole(AriaRole.Link, new() { Name = "My preferences" }).FocusAsync();

        await Portal.Publisher.Publish(Promotional, "Rings while the bell is open");
        await LetAMinutePass(page);

        await Expect(page.Tool(HeaderMenu.Bell)).ToContainTextAsync($"{before + 1} waiting");
        await Expect(menu).ToBeVisibleAsync();
        await Expect(menu.GetByRole(AriaRole.Link, new() { Name = "My preferences" })).ToBeFocusedAsync();
        await Expect(menu.GetByText("Rings while the bell is open")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Escape");
        await LetAMinutePass(page);
        var news = menu.Locator("li").Filter(new() { HasText = "Rings while the bell is open" });
        await Expect(news).ToHaveCountAsync(1);

        // What the script brought knows on which page it stands.
        await page.Tool(HeaderMenu.Bell).ClickAsync();
        await news.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Message()).ToHaveTextAsync("Archived. You find it under Archived items.");
        await Expect(page.Title()).ToHaveTextAsync("My access");
    }

    [BrowserFact]
    public async Task One_box_chooses_all_items_of_the_page_and_a_number_says_how_many_are_chosen()
    {
        foreach (var title in new[] { "Chosen with the others", "Chosen as well" })
            await Portal.Publisher.Publish(Promotional, title);
        var page = await SignInAs("billing-admin");
        await page.Open($"{ActionCenter}?view=notifications");
        var (all, boxes, number) = (page.GetByLabel("Choose all on this page"), page.Locator("tbody input[type=checkbox]"), page.Locator("[data-batch-count]"));
        var count = await boxes.CountAsync();
        await Expect(number).ToBeHiddenAsync();

        await all.CheckAsync();
        await Expect(number).ToHaveTextAsync($"{count} chosen");
        await Expect(page.Locator("tbody input[type=checkbox]:checked")).ToHaveCountAsync(count);

        await page.GetByLabel("Chosen as well").UncheckAsync();
        await Expect(number).ToHaveTextAsync($"{count - 1} chosen");
        Assert.True(await all.EvaluateAsync<bool>("box => box.indeterminate && !box.checked"));

        await page.GetByLabel("Chosen as well").CheckAsync();
        await Expect(all).ToBeCheckedAsync();
        await all.UncheckAsync();
        await Expect(page.Locator("tbody input[type=checkbox]:checked")).ToHaveCountAsync(0);
        await Expect(number).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task The_link_to_an_item_is_copied_by_a_button_that_says_so()
    {
        var id = await Portal.Publisher.Publish(Promotional, "To be shared");
        var page = await SignInAs("billing-admin");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Open($"{ActionCenter}/{id}");

        await page.Button("Copy the link").ClickAsync();

        await Expect(page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Button("Copy the link")).ToBeFocusedAsync();
        Assert.Equal(await page.GetByLabel("Link to this item").InputValueAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task A_secret_that_the_browser_does_not_let_a_page_copy_is_selected()
    {
        var page = await SignInAs("developer");
        await page.AddInitScriptAsync("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));");
        await page.Open("/o/harbor-apps/action-center/calendar");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        var secret = page.GetByLabel("Your private address");

        await page.Button("Copy the address").ClickAsync();

        await Expect(secret).ToBeFocusedAsync();
        Assert.Equal(
            await secret.InputValueAsync(), await secret.EvaluateAsync<string>("field => field.value.slice(field.selectionStart, field.selectionEnd)"));
        await Expect(page.GetByText("Copied", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Somebody_who_types_into_the_search_bar_is_led_by_arrows_and_Enter()
    {
        var page = await SignInAs("billing-admin");
        await page.Open(Home);
        await Expect(page.SearchBar()).ToHaveAttributeAsync("role", "combobox");
        await Expect(page.SearchBar()).ToHaveAttributeAsync("aria-expanded", "false");

        await page.SearchBar().PressSequentiallyAsync("billi");
        await Expect(page.Suggestions()).ToBeVisibleAsync();
        await Expect(page.SearchBar()).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator("[data-search-live]")).ToContainTextAsync("suggestion");
        var first = page.Suggestions().GetByRole(AriaRole.Option).First;
        await Expect(first).ToHaveAttributeAsync("aria-selected", "false");

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(first).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.SearchBar()).ToHaveAttributeAsync("aria-activedescendant", (await first.GetAttributeAsync("id"))!);
        await Expect(page.SearchBar()).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Title()).ToHaveTextAsync("Billing");
    }

    [BrowserFact]
    public async Task Arrows_go_round_the_suggestions_by_way_of_what_was_typed_and_Escape_keeps_it()
    {
        var page = await SignInAs("billing-admin");
        await page.Open(Home);
        await page.SearchBar().PressSequentiallyAsync("billi");
        await Expect(page.Suggestions()).ToBeVisibleAsync();
        var (first, last) = (page.Suggestions().GetByRole(AriaRole.Option).First, page.Suggestions().GetByRole(AriaRole.Option).Last);

        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Suggestions().Locator("[aria-selected=true]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(first).ToHaveAttributeAsync("aria-selected", "true");

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Suggestions()).ToBeHiddenAsync();
        await Expect(page.SearchBar()).ToHaveValueAsync("billi");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Title()).ToHaveTextAsync("Results for “billi”");
    }

    [BrowserFact]
    public async Task Suggestions_close_when_the_field_is_emptied_or_left()
    {
        var page = await SignInAs("billing-admin");
        await page.Open(Home);

        await page.SearchBar().PressSequentiallyAsync("billi");
        await Expect(page.Suggestions()).ToBeVisibleAsync();
        await page.SearchBar().FillAsync("");
        await Expect(page.Suggestions()).ToBeHiddenAsync();

        await page.SearchBar().PressSequentiallyAsync("billi");
        await Expect(page.Suggestions()).ToBeVisibleAsync();
        await page.Tool(HeaderMenu.Bell).FocusAsync();
        await Expect(page.Suggestions()).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task The_navigation_stands_beside_the_page_where_there_is_room_and_stays_as_it_was_left()
    {
        var page = await SignInAs("global-admin");
        await page.Open(Home);

        await page.Tool(HeaderMenu.Navigation).ClickAsync();
        await page.GetByRole(AriaRole.Contentinfo).ClickAsync();
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeVisibleAsync();
        await page.Tool(HeaderMenu.Bell).ClickAsync();
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeVisibleAsync();
        await page.Open($"{Home}/account-settings/users");
        await Expect(page.Menu(HeaderMenu.Navigation).Locator("[aria-current=page]")).ToHaveTextAsync("User management");

        await page.Tool(HeaderMenu.Navigation).ClickAsync();
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeHiddenAsync();
        await page.Open(Home);
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task On_a_small_screen_the_navigation_lies_over_the_page_and_closes_with_it()
    {
        var page = await SignInAs("global-admin");
        await page.SetViewportSizeAsync(400, 800);
        await page.Open(Home);

        await page.Tool(HeaderMenu.Navigation).ClickAsync();
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeVisibleAsync();
        await page.Open($"{Home}/my-access");
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeHiddenAsync();

        await page.Tool(HeaderMenu.Navigation).ClickAsync();
        await page.GetByRole(AriaRole.Contentinfo).ClickAsync();
        await Expect(page.Menu(HeaderMenu.Navigation)).ToBeHiddenAsync();
    }

    // The page's own timers go by a clock that the test moves.
    private async Task<IPage> OpenWithOwnClock(string person, string address)
    {
        var page = await SignInAs(person);
        await page.Clock.InstallAsync();
        await page.Open(address);
        return page;
    }

    private static Task LetAMinutePass(IPage page) => page.Clock.RunForAsync("01:00");
}
