using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

public sealed class ReflowTests(PortalInBrowser portal) : BrowserTest(portal)
{
    // 320 x 256 is what a window of 1280 x 1024 has left at 400 percent.
    private static readonly Window Narrow = new(Width: 320, Height: 256);

    // WCAG 1.4.12. Built in the page, since the content security policy lets no style in.
    private const string WidenText =
        """
        () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
            p { margin-block-end: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        }
        """;

    private const string DoubleText =
        """
        () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(':root { font-size: 200% !important; }');
          document.adoptedStyleSheets = [sheet];
        }
        """;

    // What sticks out without being cut off or scrolled by something around it.
    private const string FindWhatSticksOut =
        """
        () => [...document.body.querySelectorAll('*')]
          .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
          .filter(element => !element.closest('.table-scroll > *'))
          .map(element => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
        """;

    private const string FindWhatIsCutOff =
        """
        () => [...document.querySelectorAll('button, .button, summary, label, .pill, th, h1, h2, h3, .tabs a')]
          .filter(element => getComputedStyle(element).overflowX !== 'visible' || getComputedStyle(element).whiteSpace === 'nowrap')
          .filter(element => element.clientWidth > 1 && !element.closest('.table-scroll'))
          .filter(element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
          .map(element => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
        """;

    [BrowserTheory]
    [MemberData(nameof(Sights.Names), MemberType = typeof(Sights))]
    public async Task At_400_percent_and_with_wide_text_nothing_sticks_out(string name)
    {
        var page = await Open(Sights.Find(name), Narrow);

        var width = await WidthOf(page);
        var sticksOut = await page.EvaluateAsync<string[]>(FindWhatSticksOut);
        await page.EvaluateAsync(WidenText);
        var wideWidth = await WidthOf(page);
        var wideSticksOut = await page.EvaluateAsync<string[]>(FindWhatSticksOut);
        var cutOff = await page.EvaluateAsync<string[]>(FindWhatIsCutOff);

        Assert.True(width <= Narrow.Width, $"The page is {width} wide:\n{string.Join('\n', sticksOut)}");
        Assert.True(wideWidth <= Narrow.Width, $"With wide text the page is {wideWidth} wide:\n{string.Join('\n', wideSticksOut)}");
        Assert.True(cutOff.Length == 0, $"With wide text this is cut off:\n{string.Join('\n', cutOff)}");
    }

    // WCAG 1.4.4.
    [BrowserTheory]
    [MemberData(nameof(Sights.MainNames), MemberType = typeof(Sights))]
    public async Task With_text_of_twice_the_size_nothing_sticks_out(string name)
    {
        var page = await Open(Sights.Find(name));

        await page.EvaluateAsync(DoubleText);

        Assert.Equal("32px", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).fontSize"));
        Assert.Empty(await page.EvaluateAsync<string[]>(FindWhatSticksOut));
        Assert.Empty(await page.EvaluateAsync<string[]>(FindWhatIsCutOff));
    }

    [BrowserFact]
    public async Task At_400_percent_the_header_scrolls_away()
    {
        var page = await SignInAs("global-admin", Narrow);
        await page.Open("/o/alpine-cloud");

        await page.GetByRole(AriaRole.Contentinfo).ScrollIntoViewIfNeededAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Banner)).Not.ToBeInViewportAsync();
    }

    [BrowserTheory]
    [InlineData(HeaderMenu.Navigation)]
    [InlineData(HeaderMenu.Bell)]
    [InlineData(HeaderMenu.Help)]
    [InlineData(HeaderMenu.Settings)]
    [InlineData(HeaderMenu.Profile)]
    public async Task At_400_percent_the_end_of_a_menu_can_be_reached(HeaderMenu menu)
    {
        var page = await SignInAs("two-directories", Narrow);
        await page.Open("/o/alpine-cloud");
        await page.Tool(menu).ClickAsync();

        // The pages of a workspace are folded in the navigation.
        var last = page.Menu(menu).Locator("a, button, summary").Filter(new() { Visible = true }).Last;
        await last.ScrollIntoViewIfNeededAsync();

        await Assertions.Expect(last).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private static Task<int> WidthOf(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth");
}
