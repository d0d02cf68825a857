using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

public sealed class PaperTests(PortalInBrowser portal) : BrowserTest(portal)
{
    // What the margins leave of A4.
    private static readonly Window Sheet = new(Width: 680, Height: 1010);

    [BrowserTheory]
    [InlineData("the actions")]
    [InlineData("a mandatory action")]
    [InlineData("the users")]
    [InlineData("the activity log")]
    [InlineData("my preferences")]
    public async Task On_paper_there_is_what_is_read_and_nothing_to_press(string name)
    {
        var page = await Open(Sights.Find(name), Sheet);

        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        await Expect(page.Title()).ToBeVisibleAsync();
        await Expect(page.Locator(".paper-line")).ToBeVisibleAsync();
        await Expect(page.Locator("header, nav, button, .flash").Filter(new() { Visible = true })).ToHaveCountAsync(0);
        await Expect(page.Locator("body")).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        Assert.Equal(Sheet.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [BrowserFact]
    public async Task A_list_is_a_table_on_the_narrowest_paper_and_nothing_cuts_it_off()
    {
        var page = await Open(Sights.Find("the actions"), new Window(Width: 420, Height: 600));

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.Locator(".table-scroll")).ToHaveCSSAsync("overflow", "visible");
        await Expect(page.Locator(".table-scroll thead")).ToHaveCSSAsync("display", "table-header-group");
        await Expect(page.Locator(".table-scroll tbody tr").First).ToHaveCSSAsync("display", "table-row");
    }
}
