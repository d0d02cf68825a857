using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

public sealed class AccessibilityTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
        ResultTypes = [ResultType.Violations],
    };

    // The scheme changes colours and nothing else.
    private static readonly AxeRunOptions RulesOfColour = new()
    {
        RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block"),
        ResultTypes = [ResultType.Violations],
    };

    [BrowserTheory]
    [MemberData(nameof(Sights.Names), MemberType = typeof(Sights))]
    public async Task Every_page_keeps_the_rules_of_accessibility_in_light_and_in_dark(string name)
    {
        var page = await Open(Sights.Find(name));

        var inLight = await page.RunAxe(Rules);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var inDark = await page.RunAxe(RulesOfColour);

        Assert.True(inLight.Passes.Length > 0 && inDark.Passes.Length > 0, "No rule was checked.");
        Assert.True(inLight.Violations.Length == 0, Report(name, "light", inLight));
        Assert.True(inDark.Violations.Length == 0, Report(name, "dark", inDark));
    }

    [BrowserTheory]
    [MemberData(nameof(Sights.DutchNames), MemberType = typeof(Sights))]
    public async Task A_page_in_Dutch_says_so(string name)
    {
        var page = await Open(Sights.Find(name));

        var language = await page.Locator("html").GetAttributeAsync("lang");

        Assert.Equal("nl", language);
    }

    private static string Report(string name, string scheme, AxeResult result) => string.Join('\n', result.Violations.SelectMany(Lines).Prepend($"{name}, in {scheme}:"));

    private static IEnumerable<string> Lines(AxeResultItem violation)
    {
        yield return $"- {violation.Id} ({violation.Impact}): {violation.Help}";
        foreach (var node in violation.Nodes)
        {
            yield return $"    {node.Target}: {node.Html}";
            foreach (var check in node.Any.Concat(node.All).Concat(node.None))
                yield return $"      {check.Message}";
        }
    }
}
