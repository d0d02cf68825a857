using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>What the browser fetches before somebody opens it, under the content security policy of the pages.</summary>
public sealed class FetchAheadTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string Home = "/o/alpine-cloud";

    [BrowserFact]
    public async Task A_page_is_asked_for_when_the_button_goes_down_and_shown_when_it_is_released()
    {
        var page = await OpenWithRules("billing-admin", Home);
        var tile = page.Locator("a.tile-link[href$='/workspaces/billing']");
        await tile.HoverAsync();

        await page.RunAndWaitForRequestAsync(() => page.Mouse.DownAsync(), IsAhead);
        await page.Mouse.UpAsync();

        await Expect(page.Title()).ToHaveTextAsync("Billing");
        Assert.Equal("navigational-prefetch", await page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].deliveryType"));
    }

    [BrowserFact]
    public async Task An_article_is_asked_for_when_somebody_points_at_it()
    {
        var page = await OpenWithRules("billing-admin", $"{Home}/help");

        var request = await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Main).Locator($"a[href^='{Home}/help/']").First.HoverAsync(), IsAhead);

        Assert.StartsWith($"{Home}/help/", new Uri(request.Url).AbsolutePath, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_communication_is_not_asked_for_before_it_is_opened()
    {
        await Portal.Publisher.Publish("promotional-notification", "Pressed, but not opened");
        var page = await OpenWithRules("billing-admin", $"{Home}/action-center?view=notifications");
        var before = await page.Badge();
        ConcurrentQueue<string> ahead = [];
        page.Request += (_, request) =>
        {
            if (IsAhead(request))
                ahead.Enqueue(new Uri(request.Url).PathAndQuery);
        };

        await Press(page, page.Link("Pressed, but not opened"));
        // Had it been asked for, that would have been before this.
        await page.RunAndWaitForRequestAsync(() => Press(page, page.Link("Archived items")), IsAhead);

        Assert.Equal([$"{Home}/action-center?view=archived"], ahead);
        await page.ReloadAsync();
        Assert.Equal(before, await page.Badge());
    }

    private static bool IsAhead(IRequest request) => request.Headers.TryGetValue("sec-purpose", out var purpose) && purpose.StartsWith("prefetch", StringComparison.Ordinal);

    // The rules come after the page.
    private async Task<IPage> OpenWithRules(string person, string address)
    {
        var page = await SignInAs(person);
        await page.Open(address);
        await page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/fetch-ahead/'))");
        return page;
    }

    // Presses a link and moves away before letting go, which opens nothing.
    private static async Task Press(IPage page, ILocator link)
    {
        await link.HoverAsync();
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(1, 1);
        await page.Mouse.UpAsync();
    }
}
