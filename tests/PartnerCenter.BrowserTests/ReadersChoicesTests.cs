using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>What readers choose for everything on their device holds here, too.</summary>
public sealed class ReadersChoicesTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string FindWhatMoves =
        """
        () => [...document.querySelectorAll('*')]
          .map(element => ({ element, style: getComputedStyle(element) }))
          .filter(({ style }) => [...style.transitionDuration.split(','), ...style.animationDuration.split(',')].some(time => parseFloat(time) > 0.01)
            || style.scrollBehavior === 'smooth')
          .map(({ element }) => `${element.tagName.toLowerCase()}.${element.className}`)
        """;

    // With colours of the device, a background says nothing: what can be pressed or filled in needs a border.
    private const string FindWhatHasNoBorder =
        """
        () => [...document.querySelectorAll('.button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])')]
          .filter(element => element.checkVisibility() && element.getBoundingClientRect().width > 1)
          .filter(element => !element.closest('[role=search], .search'))
          .filter(element => { const style = getComputedStyle(element); return style.borderBlockEndStyle === 'none' || parseFloat(style.borderBlockEndWidth) === 0; })
          .map(element => `${element.tagName.toLowerCase()}.${element.className} ${element.id}`)
        """;

    // WCAG 1.4.1: where one is in a menu is not said by a colour alone, which is not there then.
    private const string FindWhatOnlyAColourMarks =
        """
        () => [...document.querySelectorAll('nav [aria-current=page]')]
          .filter(element => element.checkVisibility() && element.tagName === 'A')
          .filter(element => {
            const sibling = [...element.closest('ul').querySelectorAll('a:not([aria-current])')][0];
            if (!sibling) return false;
            const [here, there] = [getComputedStyle(element), getComputedStyle(sibling)];
            return ['fontWeight', 'textDecorationLine', 'borderBlockEndWidth', 'borderInlineStartWidth', 'borderBlockEndStyle', 'boxShadow']
              .every(property => here[property] === there[property])
              && getComputedStyle(element, '::before').content === getComputedStyle(sibling, '::before').content
              && here.borderBlockEndColor === there.borderBlockEndColor && here.borderInlineStartColor === there.borderInlineStartColor;
          })
          .map(element => element.textContent.trim())
        """;

    [BrowserTheory]
    [MemberData(nameof(Sights.MainNames), MemberType = typeof(Sights))]
    public async Task Nothing_moves_for_whoever_wants_no_motion(string name)
    {
        var page = await Open(Sights.Find(name));

        Assert.Empty(await page.EvaluateAsync<string[]>(FindWhatMoves));
    }

    [BrowserTheory]
    [MemberData(nameof(Sights.MainNames), MemberType = typeof(Sights))]
    public async Task With_the_colours_of_the_device_everything_keeps_its_shape(string name)
    {
        var page = await Open(Sights.Find(name));

        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        Assert.Empty(await page.EvaluateAsync<string[]>(FindWhatHasNoBorder));
        Assert.Empty(await page.EvaluateAsync<string[]>(FindWhatOnlyAColourMarks));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        var focused = page.Locator(":focus");
        await Expect(focused).ToHaveCSSAsync("outline-style", "solid");
        await Expect(focused).Not.ToHaveCSSAsync("outline-width", "0px");
    }
}
