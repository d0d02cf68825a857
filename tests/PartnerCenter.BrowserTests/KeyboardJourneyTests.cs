using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>What people come for, done with the keyboard alone: from link to link by Tab, and no step that only a mouse can take.</summary>
public sealed class KeyboardJourneyTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string Alpine = "/o/alpine-cloud";

    // More stops than any page has before what is looked for.
    private const int MostStops = 150;

    [BrowserFact]
    public async Task An_action_is_found_in_the_list_and_completed()
    {
        await Portal.Publisher.Publish("mandatory-action", "By keyboard: complete me");
        var page = await SignInAs("billing-admin");
        await page.Open($"{Alpine}/action-center");

        await Press(page, page.Link("By keyboard: complete me"), "Enter");
        await Expect(page.Title()).ToHaveTextAsync("By keyboard: complete me");
        await Type(page, page.GetByLabel("Note (optional)"), "Done.");
        await Press(page, page.Button("Mark as completed"), "Enter");

        await Expect(page.Message()).ToContainTextAsync("Completed.");
    }

    [BrowserFact]
    public async Task A_notification_is_archived_and_that_is_undone()
    {
        await Portal.Publisher.Publish("transactional-notification", "By keyboard: archive me");
        var page = await SignInAs("billing-admin");
        await page.Open($"{Alpine}/action-center?view=notifications");

        await Press(page, page.Row("By keyboard: archive me").GetByRole(AriaRole.Checkbox), "Space");
        await Press(page, page.Button("Archive"), "Enter");
        await Expect(page.Message()).ToHaveTextAsync("1 archived.");
        await Press(page, page.Button("Undo"), "Enter");

        await Expect(page.Row("By keyboard: archive me")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Preferences_are_changed_looked_at_and_saved()
    {
        var page = await SignInAs("marketer");
        await page.Open("/o/harbor-apps/my-preferences");

        await Press(page, page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Edit" }), "Enter");
        await Type(page, page.GetByLabel("Job title"), "Campaigns by keyboard");
        await Press(page, page.Button("Check changes"), "Enter");
        await Press(page, page.Button("Save"), "Enter");

        await Expect(page.Message()).ToHaveTextAsync("Your preferences are saved.");
    }

    [BrowserFact]
    public async Task Somebody_is_invited()
    {
        var page = await SignInAs("publisher");
        await page.Open("/o/harbor-apps/account-settings/users/add");

        await Type(page, page.Locator("main textarea").First, "kim.keyboard@partner.example");
        await Press(page, page.Locator("main form button[type=submit]").First, "Enter");

        await Expect(page.Message()).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Help_is_asked_for()
    {
        var page = await SignInAs("referrals");
        await page.Open(Alpine);

        await Press(page, page.Tool(HeaderMenu.Help), "Enter");
        await Press(page, page.Link("Contact support"), "Enter");
        await Type(page, page.GetByLabel("Summary"), "A lead is gone");
        await Press(page, page.GetByLabel("Workspace"), "R");
        await Press(page, page.GetByLabel("A question"), "Space");
        await Press(page, page.Button("Continue"), "Enter");
        await Type(page, page.GetByLabel("Details"), "Where is it?");
        await Press(page, page.Button("Send the request"), "Enter");

        await Expect(page.Message()).ToContainTextAsync("Your request has the number");
    }

    private static async Task Type(IPage page, ILocator field, string text)
    {
        await Reach(page, field);
        await page.Keyboard.PressAsync("ControlOrMeta+A");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task Press(IPage page, ILocator target, string key)
    {
        await Reach(page, target);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task Reach(IPage page, ILocator target)
    {
        await target.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not come to {target}.");
    }
}
