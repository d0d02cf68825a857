using Microsoft.Playwright;
using PartnerCenter.Tests.PortalsUnderTest;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>Sign-in in a real browser by a provider that others wrote.</summary>
public sealed class ProviderSignInTests(PortalInBrowser browser) : BrowserTest(browser)
{
    private const string Key = "house";
    private const string ReturnTo = $"/signin-oidc/{Key}";

    [BrowserFact]
    public async Task Somebody_is_invited_connects_an_account_signs_out_everywhere_and_comes_back_with_other_keys_of_the_provider()
    {
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        await using var provider = new OpenIdProvider(address);
        await provider.StartAsync(ReturnTo);
        await using var portal = new RunningPortal(address, new()
        {
            [$"SignIn:Providers:{Key}:Name"] = "House ID",
            [$"SignIn:Providers:{Key}:Authority"] = provider.Address.GetLeftPart(UriPartial.Authority),
            [$"SignIn:Providers:{Key}:ClientId"] = OpenIdProvider.Client,
            [$"SignIn:Providers:{Key}:ClientSecret"] = OpenIdProvider.Secret,
        });
        var link = await portal.InviteAsync(await Visit(), "rosa@partner.example");

        // The provider's own pages log errors of their own, so this window is not one that counts them.
        await using var window = await Portal.NewWindow();
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(portal.Address, link).AbsoluteUri);
        await Expect(page.Title()).ToHaveTextAsync("Join Alpine Cloud");

        await page.Link("Sign in with House ID").ClickAsync();
        await SignInAtProviderAsync(page, "account-of-rosa");
        await Expect(page.Title()).ToHaveTextAsync("Invitation to Alpine Cloud");
        await page.Button("Accept").First.ClickAsync();
        await Expect(page.Message()).ToContainTextAsync("You are a member of Alpine Cloud now.");

        await page.Locator("summary.header-tool").Last.ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await page.Locator("button[name=logout]").ClickAsync();
        await page.WaitForURLAsync(address.AbsoluteUri);
        await Expect(page.Link("Sign in with House ID")).ToBeVisibleAsync();

        await provider.StartAsync(ReturnTo);
        await page.Link("Sign in with House ID").ClickAsync();
        await SignInAtProviderAsync(page, "account-of-rosa");
        await page.WaitForURLAsync($"{address.AbsoluteUri}o/alpine-cloud/**");
    }

    // The provider's own pages, as it came: any name, any password.
    private static async Task SignInAtProviderAsync(IPage page, string account)
    {
        await page.Locator("input[name=login]").FillAsync(account);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("button[type=submit]", new() { HasText = "Continue" }).ClickAsync();
    }
}
