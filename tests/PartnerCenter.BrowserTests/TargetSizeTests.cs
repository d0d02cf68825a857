using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

public sealed class TargetSizeTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string FindSmallTargets =
        """
        () => {
          const smallest = element => element.closest('header') ? 44 : 24;
          return [...document.querySelectorAll('button, summary, select, input:not([type=hidden]), .button, header .header-tools > a, .header-name')]
            .map(element => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && box.height > 0)
            .filter(({ element, box }) => Math.min(box.width, box.height) + 0.01 < (element.closest('.menu-panel') ? 24 : smallest(element)))
            .map(({ element, box }) => `${element.tagName.toLowerCase()}.${element.className} ${element.id}: ${box.width} x ${box.height}`);
        }
        """;

    [BrowserTheory]
    [MemberData(nameof(Sights.Names), MemberType = typeof(Sights))]
    public async Task Whatever_can_be_pressed_is_large_enough_for_a_finger(string name)
    {
        var page = await Open(Sights.Find(name));

        await AssertNothingIsSmall(page);
    }

    [BrowserTheory]
    [InlineData("the actions")]
    [InlineData("the users")]
    [InlineData("editing my preferences")]
    [InlineData("a new communication with mistakes")]
    [InlineData("the open navigation")]
    [InlineData("the open settings")]
    public async Task On_compact_pages_too(string name)
    {
        var page = await Open(Sights.Find(name));
        var before = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");

        await page.EvaluateAsync("document.documentElement.dataset.density = 'compact'");

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollHeight") <= before);
        Assert.Equal("2.25rem", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--control-height').trim()"));
        await AssertNothingIsSmall(page);
    }

    private static async Task AssertNothingIsSmall(IPage page)
    {
        var onDesktop = await page.EvaluateAsync<string[]>(FindSmallTargets);
        await page.SetViewportSizeAsync(320, 800);
        var onPhone = await page.EvaluateAsync<string[]>(FindSmallTargets);

        Assert.Empty(onDesktop);
        Assert.Empty(onPhone);
    }
}
