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

    public static TheoryData<string, int> SightsInTurns
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (number, name) in Sights.All.Keys.Index())
                data.Add(name, number % Look.All.Count);
            return data;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(SightsInTurns))]
    public async Task Every_page_keeps_the_rules_of_accessibility(string name, int look)
    {
        var page = await Open(Sights.Find(name));

        if (!Look.IsWholeMatrix)
        {
            await AssertKeepsTheRules(page, name, Look.All[look]);
            return;
        }

        foreach (var each in Look.All)
            await AssertKeepsTheRules(page, name, each);
        await AssertKeepsThemInTheOtherLanguage(page, name);
    }

    [BrowserTheory]
    [MemberData(nameof(Sights.MainNames), MemberType = typeof(Sights))]
    public async Task A_main_page_keeps_them_in_both_languages_and_schemes_wide_and_narrow(string name)
    {
        var page = await Open(Sights.Find(name));

        foreach (var look in Look.All)
        {
            await AssertKeepsTheRules(page, name, look);
            if (Look.Pictures is { } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}, {look}.png".Replace(' ', '-')), FullPage = true });
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Sights.DutchNames), MemberType = typeof(Sights))]
    public async Task A_page_in_Dutch_says_so(string name)
    {
        var page = await Open(Sights.Find(name));

        var language = await page.Locator("html").GetAttributeAsync("lang");

        Assert.Equal("nl", language);
    }

    // What a form has answered is nowhere to be opened again; its address shows the page without it.
    private static async Task AssertKeepsThemInTheOtherLanguage(IPage page, string name)
    {
        var (mine, other) = await page.Locator("html").GetAttributeAsync("lang") == "nl" ? ("nl", "en") : ("en", "nl");
        if (await page.Locator("form[action='/language']").CountAsync() == 0)
            return;

        await ReadIn(page, other);
        await page.Open(page.Url.Split('#')[0]);
        foreach (var look in Look.All)
            await AssertKeepsTheRules(page, $"{name} ({other})", look);
        await page.Open("/");
        await ReadIn(page, mine);
    }

    private static Task ReadIn(IPage page, string language) => page.EvaluateAsync(
        """
        async language => {
          const form = new FormData(document.querySelector("form[action='/language']"));
          form.set('language', language);
          await fetch('/language', { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
        }
        """,
        language);

    private static async Task AssertKeepsTheRules(IPage page, string name, Look look)
    {
        await look.At(page);
        var result = await page.RunAxe(Rules);

        Assert.True(result.Passes.Length > 0, "No rule was checked.");
        Assert.True(result.Violations.Length == 0, Report(name, look, result));
    }

    private static string Report(string name, Look look, AxeResult result) => string.Join('\n', result.Violations.SelectMany(Lines).Prepend($"{name}, {look}:"));

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
