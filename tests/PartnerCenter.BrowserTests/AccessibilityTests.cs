using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.BrowserTests;

public sealed partial class AccessibilityTests(PortalInBrowser portal) : BrowserTest(portal)
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

    private static readonly string[] OpenedFromMail = [PageTable.VerifyContact, PageTable.Unsubscribe];

    // Nobody of the demo has one.
    private static readonly string[] ForPasswords = [PageTable.MyPassword, PageTable.TwoStepSignIn];

    public static TheoryData<string, int> SightsInTurns
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (number, name) in Sights.All.Keys.Index())
                data.Add(name, number);
            return data;
        }
    }

    [Fact]
    public void Every_page_of_the_portal_is_looked_at()
    {
        var pages = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(pages.Except(OpenedFromMail).Except(ForPasswords).Order(StringComparer.Ordinal), Sights.OfPages.Keys.Order(StringComparer.Ordinal));
    }

    [BrowserTheory]
    [MemberData(nameof(SightsInTurns))]
    public async Task Every_page_keeps_the_rules_of_accessibility(string name, int number)
    {
        var page = await Open(Sights.Find(name));
        foreach (var (key, _) in Sights.OfPages.Where(shown => shown.Value == name))
            Assert.Matches(AddressOf(PageTable.Find(key)), new Uri(page.Url).AbsolutePath);

        // In turns, so that each page is looked at in each way sooner or later as pages come and go.
        var looks = Look.IsWholeMatrix ? Look.All : [Look.All[number % Look.All.Count]];
        foreach (var look in looks)
            await AssertKeepsTheRules(page, name, look);
        if (Look.IsWholeMatrix || number % 2 == 1)
            await AssertKeepsThemInTheOtherLanguage(page, name, looks);
    }

    [BrowserFact]
    public async Task What_a_mail_leads_to_keeps_them_too()
    {
        var id = await Portal.Publisher.Publish("transactional-notification", "From a mail: turn me off");
        var unsubscribe = MailFolder.LinkIn((await Portal.Mails.WaitForMailsAbout(id))[0], "/unsubscribe/");
        var page = await SignInAs("referrals");
        await page.Open("/o/alpine-cloud/my-preferences/contact");
        await page.GetByLabel("New address").FillAsync("femi@mailed.example");
        await page.Button("Send a mail to confirm it").ClickAsync();
        await page.Message().WaitForAsync();
        var verify = MailFolder.LinkIn(await Portal.Mails.WaitForMailTo("femi@mailed.example"), "/verify-contact/");

        foreach (var address in new[] { unsubscribe, verify })
        {
            await page.Open(address);
            Assert.StartsWith(address, new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
            foreach (var look in Look.All)
                await AssertKeepsTheRules(page, address.Split('/')[1], look);
        }
    }

    [BrowserFact]
    public async Task What_leads_to_an_identity_provider_keeps_them_too()
    {
        await using var house = new RunningPortal(address: null, new()
        {
            ["SignIn:Providers:house:Name"] = "House ID",
            ["SignIn:Providers:house:Authority"] = "http://127.0.0.1:9",
            ["SignIn:Providers:house:ClientId"] = OpenIdProvider.Client,
        });
        var join = await house.InviteAsync(await Visit(), "axe@partner.example");
        var page = await Visit();

        foreach (var (address, title) in new[] { ("/", "Welcome to PartnerCenter"), (join, "Join Alpine Cloud"), ("/signin-oidc/house?code=x&state=made-up", "You are not signed in") })
        {
            await page.GotoAsync(new Uri(house.Address, address).AbsoluteUri);
            Assert.Equal(title, await page.Title().TextContentAsync());
            foreach (var look in Look.All)
                await AssertKeepsTheRules(page, title, look);
        }
    }

    [BrowserFact]
    public async Task Every_page_on_the_way_of_a_password_keeps_them_too()
    {
        await using var local = new RunningPortal(address: null, new() { ["SignIn:LocalAccounts"] = "true" });
        var join = await local.InviteAsync(await Visit(), "axe@partner.example");
        var page = await Visit();
        await OpenAsync(join);
        await LookAsync("choosing a password");
        await ChooseAsync("too short");
        await LookAsync("choosing a password with mistakes");
        await OpenAsync(join);
        await ChooseAsync(PasswordVerbs.Password);
        await OpenAsync("/my-profile");
        await LookAsync("my profile with a password");
        await OpenAsync("/my-profile/password");
        await LookAsync("changing the password");
        await OpenAsync("/my-profile/two-step");
        await LookAsync("two-step sign-in, off");
        await page.Button("Set up an app").ClickAsync();
        await page.Locator("svg.qr").WaitForAsync();
        await LookAsync("setting up an app");
        var secret = await page.Locator(".app-key").TextContentAsync();
        await page.GetByLabel("Code of the app").FillAsync(PasswordVerbs.CodeOf(secret!));
        await page.Button("Turn on").ClickAsync();
        await page.Locator(".recovery-codes").WaitForAsync();
        await LookAsync("recovery codes");
        await page.Link("I have kept them").ClickAsync();
        await LookAsync("two-step sign-in, on");

        page = await Visit();
        await OpenAsync("/sign-in/local");
        await LookAsync("signing in by a password");
        await page.EnterPassword("axe@partner.example", "wrong words in a row");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await LookAsync("signing in by a wrong password");
        await page.EnterPassword("axe@partner.example", PasswordVerbs.Password);
        await page.Locator("#Code").WaitForAsync();
        await LookAsync("the code of the second step");
        await OpenAsync("/");
        await LookAsync("the start page with passwords");
        await OpenAsync("/forgotten-password");
        await LookAsync("a forgotten password");
        await page.Locator("#Address").FillAsync("axe@partner.example");
        await page.Button("Send the mail").ClickAsync();
        await page.WaitForURLAsync("**/forgotten-password/asked");
        await LookAsync("a mail on its way");
        await OpenAsync("/reset-password/made-up");
        await LookAsync("a link that is over");

        async Task OpenAsync(string address) => await page.GotoAsync(new Uri(local.Address, address).AbsoluteUri);

        async Task ChooseAsync(string password)
        {
            await page.Locator("#Password").FillAsync(password);
            await page.Locator("#Repeat").FillAsync(password);
            await page.Button("Save and go on").ClickAsync();
            await page.WaitForLoadStateAsync();
        }

        async Task LookAsync(string name)
        {
            foreach (var look in Look.All)
            {
                await AssertKeepsTheRules(page, name, look);
                Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name}, {look}: it scrolls sideways.");
                if (Look.Pictures is { } folder)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}, {look}.png".Replace(' ', '-')), FullPage = true });
            }
        }
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
    private static async Task AssertKeepsThemInTheOtherLanguage(IPage page, string name, IEnumerable<Look> looks)
    {
        var (mine, other) = await page.Locator("html").GetAttributeAsync("lang") == "nl" ? ("nl", "en") : ("en", "nl");
        if (await page.Locator("form[action='/language']").CountAsync() == 0)
            return;

        await ReadIn(page, other);
        await page.Open(page.Url.Split('#')[0]);
        foreach (var look in looks)
            await AssertKeepsTheRules(page, $"{name} ({other})", look);
        await page.Open("/");
        await ReadIn(page, mine);
    }

    // A form that was sent can stand below the page.
    private static string AddressOf(PortalPage page) =>
        page.Path == "/" ? "^/$" : $"^{Braces().Replace(page.Path, "[^/]+")}(/|$)";

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Braces();

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
