using System.Globalization;
using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

/// <summary>What people do in the portal, in their own words.</summary>
internal static class PortalVerbs
{
    public static async Task SignInAs(this IPage page, string person)
    {
        await page.Open("/");
        await page.Locator($"button[name=person][value={person}]").ClickAsync();
        await page.WaitForURLAsync(address => new Uri(address).AbsolutePath != "/", new() { WaitUntil = WaitUntilState.Commit });
    }

    public static Task Open(this IPage page, string address) => page.GotoAsync(address);

    /// <summary>
    /// Waits until the page that was gone to is there. The page itself is asked, so it needs a script: an event can be over before
    /// anybody waits for it.
    /// </summary>
    public static Task Settled(this IPage page) => page.WaitForFunctionAsync("() => document.readyState === 'complete'");

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Title(this IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public static ILocator SearchBar(this IPage page) => page.GetByRole(AriaRole.Search).Locator("input");

    /// <summary>What the search bar suggests while somebody types.</summary>
    public static ILocator Suggestions(this IPage page) => page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" });

    /// <summary>What the portal says after something was done.</summary>
    public static ILocator Message(this IPage page) => page.GetByRole(AriaRole.Status);

    /// <summary>The row of a communication in a list of the Action Center.</summary>
    public static ILocator Row(this IPage page, string title) =>
        page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Row).Filter(new() { Has = page.Link(title) });

    /// <summary>What opens a menu of the header.</summary>
    public static ILocator Tool(this IPage page, HeaderMenu menu) => page.GetByRole(AriaRole.Banner).Locator("summary.header-tool").Nth((int)menu);

    /// <summary>The menu that it opens.</summary>
    public static ILocator Menu(this IPage page, HeaderMenu menu) => page.Tool(menu).Locator("xpath=following-sibling::*");

    /// <summary>The number that the bell says.</summary>
    public static async Task<int> Badge(this IPage page)
    {
        var name = await page.Tool(HeaderMenu.Bell).Locator(".visually-hidden").InnerTextAsync();
        return int.Parse(string.Concat(name.Where(char.IsDigit)), CultureInfo.InvariantCulture);
    }
}

/// <summary>The menus of the header, in their order.</summary>
public enum HeaderMenu
{
    Navigation,
    Bell,
    Help,
    Settings,
    Profile,
}
