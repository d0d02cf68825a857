using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

public sealed class JourneyTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string Home = "/o/alpine-cloud";
    private const string Mandatory = "mandatory-action";
    private const string Promotional = "promotional-notification";

    // A story is told in order: each step is what a new user sees next.
    [BrowserFact]
    public async Task A_published_communication_rings_the_bell_is_read_and_is_archived()
    {
        var page = await SignInAs("billing-admin");
        await page.Open(Home);
        var before = await page.Badge();

        await Portal.Publisher.Publish(Promotional, "Prices for the summer");
        await page.ReloadAsync();
        Assert.Equal(before + 1, await page.Badge());

        await page.Tool(HeaderMenu.Bell).ClickAsync();
        await page.Menu(HeaderMenu.Bell).GetByRole(AriaRole.Link, new() { Name = "Prices for the summer" }).ClickAsync();
        await Expect(page.Title()).ToHaveTextAsync("Prices for the summer");
        await Expect(page.GetByText("You have the role Billing admin, granted by Anna Winter")).ToBeVisibleAsync();
        await page.ReloadAsync();
        Assert.Equal(before, await page.Badge());

        await page.Button("Archive").ClickAsync();
        await Expect(page.Message()).ToHaveTextAsync("Archived. You find it under Archived items.");
        await page.Open($"{Home}/action-center?view=notifications");
        await Expect(page.Row("Prices for the summer")).ToHaveCountAsync(0);
        await page.Link("Archived items").ClickAsync();
        await Expect(page.Row("Prices for the summer")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_mandatory_action_stays_on_the_bell_until_it_is_completed_and_cannot_be_archived()
    {
        var page = await SignInAs("billing-admin");
        await page.Open(Home);
        var before = await page.Badge();

        await Portal.Publisher.Publish(Mandatory, "Confirm the payment terms");
        await page.Open($"{Home}/action-center");
        Assert.Equal(before + 1, await page.Badge());
        await Expect(page.Row("Confirm the payment terms").GetByText("30 days left")).ToBeVisibleAsync();
        await Expect(page.Row("Confirm the payment terms").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await page.Link("Confirm the payment terms").ClickAsync();
        await Expect(page.GetByText("A mandatory action can't be archived.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Archive" })).ToHaveCountAsync(0);
        await page.ReloadAsync();
        Assert.Equal(before + 1, await page.Badge());

        await page.GetByLabel("Note (optional)").FillAsync("Agreed with our bank.");
        await page.Button("Mark as completed").ClickAsync();
        await Expect(page.Message()).ToHaveTextAsync("Completed. You find it under Completed items.");
        Assert.Equal(before, await page.Badge());
        await page.Link("Completed items").ClickAsync();
        await Expect(page.Row("Confirm the payment terms").GetByText("Completed by Ben Keller")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_rule_that_refuses_says_why_on_the_page()
    {
        var page = await SignInAs("billing-admin");
        var id = await Portal.Publisher.Publish(Mandatory, "Sign the new price list");
        await page.Open($"{Home}/action-center/{id}");

        // No page offers it, so the form for completing is sent there.
        await page.Button("Mark as completed").EvaluateAsync("button => button.form.action = button.form.action.replace('/complete', '/archive')");
        var answer = await page.RunAndWaitForResponseAsync(() => page.Button("Mark as completed").ClickAsync(), $"**/action-center/{id}/archive*");

        Assert.Equal(409, answer.Status);
        await Expect(page.GetByText("A mandatory action can't be archived. It leaves this list when it is completed.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_mandatory_action_is_mailed_to_one_recipient_and_nothing_promotional_to_who_opted_out()
    {
        var mandatory = await Portal.Publisher.Publish(Mandatory, "Check the closing figures");
        var promotional = await Portal.Publisher.Publish(Promotional, "Try the new reports");

        var mails = await Portal.Mails.WaitForMailsAbout(mandatory);
        var delivery = await Portal.Publisher.WaitUntilDelivered(promotional);

        var mail = Assert.Single(mails);
        Assert.Equal("billing-admin@demo.example", MailFolder.HeaderOf(mail, "To"));
        Assert.Null(MailFolder.HeaderOf(mail, "Cc"));
        Assert.Null(MailFolder.HeaderOf(mail, "Bcc"));
        Assert.Empty(Portal.Mails.About(promotional));
        Assert.Equal(1, delivery.GetProperty("suppressed").EnumerateObject().Sum(rule => rule.Value.GetInt32()));
    }

    [BrowserFact]
    public async Task The_operator_sees_who_opened_what_was_published_on_the_page()
    {
        var page = await SignInAs("operator");
        await page.Open("/operator/communications/new");
        await page.GetByLabel("Workspace", new() { Exact = true }).SelectOptionAsync("Billing");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Transactional notification");
        await page.GetByLabel("Billing admin", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Alpine Cloud", new() { Exact = true }).CheckAsync();
        var english = page.GetByRole(AriaRole.Group, new() { Name = "English", Exact = true });
        await english.GetByLabel("Title").FillAsync("The bank holiday moves the invoice day");
        await english.GetByLabel("Text").FillAsync("Invoices come **one day later**.");
        await page.Button("Publish").ClickAsync();
        await Expect(page.Title()).ToHaveTextAsync("The bank holiday moves the invoice day");

        var reader = await SignInAs("billing-admin");
        await reader.Open($"{Home}/action-center?view=notifications");
        await reader.Link("The bank holiday moves the invoice day").ClickAsync();
        await Expect(reader.Locator("strong", new() { HasText = "one day later" })).ToBeVisibleAsync();
        await page.ReloadAsync();

        await Expect(page.Locator("dt", new() { HasText = "Members who opened it" }).Locator("xpath=following-sibling::dd[1]")).ToHaveTextAsync("1");
    }
}
