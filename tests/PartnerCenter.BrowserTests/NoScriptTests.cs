using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PartnerCenter.BrowserTests;

/// <summary>Everything works without a script. Whoever changes something that stays is somebody whom no other test looks at.</summary>
public sealed class NoScriptTests(PortalInBrowser portal) : BrowserTest(portal)
{
    private const string Alpine = "/o/alpine-cloud";

    private static readonly Window WithoutScript = new(WithScript: false);

    [BrowserFact]
    public async Task Somebody_chooses_a_password_and_comes_back_with_it()
    {
        await using var local = new RunningPortal(address: null, new() { ["SignIn:LocalAccounts"] = "true" });
        var join = await local.InviteAsync(await Visit(WithoutScript), "nils@partner.example");
        var page = await Visit(WithoutScript);
        await page.GotoAsync(new Uri(local.Address, join).AbsoluteUri);
        await page.Locator("#Password").FillAsync(PasswordVerbs.Password);
        await page.Locator("#Repeat").FillAsync(PasswordVerbs.Password);
        await page.Button("Save and go on").ClickAsync();
        await Expect(page.Title()).ToHaveTextAsync("Invitation to Alpine Cloud");

        page = await Visit(WithoutScript);
        await page.GotoAsync(new Uri(local.Address, "/?returnUrl=%2Fmy-profile").AbsoluteUri);
        await page.EnterPassword("nils@partner.example", PasswordVerbs.Password);

        await Expect(page.Title()).ToHaveTextAsync("My profile");

        // It must not ask for anything when the portal is gone.
        await page.CloseAsync();
    }

    [BrowserFact]
    public async Task Somebody_can_sign_in_and_sign_out()
    {
        var page = await Visit(WithoutScript);

        await page.SignInAs("helpdesk");
        await Expect(page.Title()).ToHaveTextAsync("Welcome to Alpine Cloud");
        await page.Tool(HeaderMenu.Profile).ClickAsync();
        await page.Button("Sign out").ClickAsync();

        await Expect(page.Title()).ToHaveTextAsync("Welcome to PartnerCenter");
        await page.Open(Alpine);
        await Expect(page.Title()).ToHaveTextAsync("Welcome to PartnerCenter");
    }

    [BrowserFact]
    public async Task The_bell_opens_and_leads_to_a_communication()
    {
        await Portal.Publisher.Publish("transactional-notification", "Without a script: the bell");
        var page = await SignInAs("billing-admin", WithoutScript);
        await page.Open(Alpine);

        await page.Tool(HeaderMenu.Bell).ClickAsync();
        await page.Menu(HeaderMenu.Bell).GetByRole(AriaRole.Link, new() { Name = "Without a script: the bell" }).ClickAsync();

        await Expect(page.Title()).ToHaveTextAsync("Without a script: the bell");
    }

    [BrowserFact]
    public async Task A_notification_can_be_archived_and_restored()
    {
        await Portal.Publisher.Publish("transactional-notification", "Without a script: archive me");
        var page = await SignInAs("billing-admin", WithoutScript);
        await page.Open($"{Alpine}/action-center?view=notifications");

        await page.Row("Without a script: archive me").GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Button("Archive").ClickAsync();
        await Expect(page.Message()).ToHaveTextAsync("1 archived.");
        await page.Link("Archived items").ClickAsync();
        await page.Row("Without a script: archive me").GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Button("Restore").ClickAsync();
        await Expect(page.Message()).ToHaveTextAsync("1 restored.");

        await page.Open($"{Alpine}/action-center?view=notifications");
        await Expect(page.Row("Without a script: archive me")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_mandatory_action_can_be_completed_with_a_note()
    {
        var id = await Portal.Publisher.Publish("mandatory-action", "Without a script: complete me");
        var page = await SignInAs("billing-admin", WithoutScript);
        await page.Open($"{Alpine}/action-center/{id}");

        await page.GetByLabel("Note (optional)").FillAsync("Done on paper.");
        await page.Button("Mark as completed").ClickAsync();

        await Expect(page.Message()).ToContainTextAsync("Completed.");
        await page.Open($"{Alpine}/action-center/{id}");
        await Expect(page.Locator(".preserve").GetByText("Done on paper.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Preferences_can_be_saved()
    {
        var page = await SignInAs("publisher", WithoutScript);
        await page.Open("/o/harbor-apps/my-preferences");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();

        await page.GetByLabel("Job title").FillAsync("Chair");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "All workspaces Promotional" }).UncheckAsync();
        await page.Button("Check changes").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Promotional notification – All workspaces" })).ToContainTextAsync("Off");
        await page.Button("Save").ClickAsync();

        await Expect(page.Message()).ToHaveTextAsync("Your preferences are saved.");
        await Expect(page.Locator("[aria-labelledby=choices] .facts")).ToContainTextAsync("Chair");
        await Expect(page.Locator("#choice-promotional-notification-all")).ToHaveTextAsync("Off");
    }

    [BrowserFact]
    public async Task Search_finds_pages()
    {
        var page = await SignInAs("global-admin", WithoutScript);
        await page.Open(Alpine);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("invoice");
        await page.Button("Search").ClickAsync();

        await Expect(page.Title()).ToHaveTextAsync("Results for “invoice”");
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Billing", Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Access_can_be_asked_for_and_the_request_taken_back()
    {
        var page = await SignInAs("agent", WithoutScript);
        await page.Open($"{Alpine}/my-access/ask?workspace=incentives");
        await page.GetByLabel("Why you need it").FillAsync("I look after the claims.");
        await page.Button("Send the request").ClickAsync();
        await Expect(page.Message()).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).First.ClickAsync();

        await Expect(page.Message()).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Help_can_be_asked_for_and_the_request_closed()
    {
        var page = await SignInAs("agent", WithoutScript);
        await page.Open($"{Alpine}/workspaces/customers");
        await page.Tool(HeaderMenu.Help).ClickAsync();
        await page.Link("Contact support").ClickAsync();
        await page.GetByLabel("Summary").FillAsync("A customer is missing");
        await page.GetByLabel("Something does not work").CheckAsync();
        await page.Button("Continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This may answer it" })).ToBeVisibleAsync();

        await page.GetByLabel("Details").FillAsync("It was there yesterday.");
        await page.Button("Send the request").ClickAsync();
        await Expect(page.Message()).ToContainTextAsync("Your request has the number");
        await page.Button("Close the request").ClickAsync();

        await Expect(page.Message()).ToHaveTextAsync("The request is closed.");
    }

    [BrowserFact]
    public async Task The_operator_can_publish()
    {
        var page = await SignInAs("operator", WithoutScript);
        await page.Open("/operator");
        await page.Link("New communication").ClickAsync();
        await page.GetByLabel("Workspace", new() { Exact = true }).SelectOptionAsync("Help + support");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Transactional notification");
        await page.GetByLabel("Member", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Lowland Digital", new() { Exact = true }).CheckAsync();
        var english = page.GetByRole(AriaRole.Group, new() { Name = "English", Exact = true });
        await english.GetByLabel("Title").FillAsync("Without a script: published");
        await english.GetByLabel("Text").FillAsync("It works.");

        await page.Button("Publish").ClickAsync();

        await Expect(page.Message()).ToContainTextAsync("Published.");
        await Expect(page.Title()).ToHaveTextAsync("Without a script: published");
    }

    [BrowserFact]
    public async Task The_language_can_be_switched()
    {
        var page = await SignInAs("developer", WithoutScript);
        await page.Open("/o/harbor-apps/my-access");

        await page.Tool(HeaderMenu.Settings).ClickAsync();
        await page.Button("Nederlands").ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "nl");
        await Expect(page.Title()).ToHaveTextAsync("Mijn toegang");
    }

    [BrowserFact]
    public async Task The_directory_can_be_switched()
    {
        var page = await SignInAs("two-directories", WithoutScript);
        await page.Open(Alpine);

        await page.Tool(HeaderMenu.Profile).ClickAsync();
        await page.Menu(HeaderMenu.Profile).GetByRole(AriaRole.Link, new() { Name = "Lowland Digital" }).ClickAsync();

        await Expect(page.Title()).ToHaveTextAsync("Welcome to Lowland Digital");
    }

    [BrowserFact]
    public async Task Somebody_can_be_invited_and_the_invitation_withdrawn()
    {
        var page = await SignInAs("publisher", WithoutScript);
        await page.Open("/o/harbor-apps/account-settings/users/add");

        await page.Locator("textarea").First.FillAsync("nora.noscript@partner.example");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(page.Message()).ToBeVisibleAsync();
        await page.Open("/o/harbor-apps/account-settings/users?text=nora.noscript");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Button("Withdraw the invitation").ClickAsync();

        await Expect(page.Message()).ToHaveTextAsync("The invitation was withdrawn.");
    }

    [BrowserFact]
    public async Task The_roles_of_a_member_can_be_changed_and_the_difference_is_shown_before()
    {
        var page = await SignInAs("publisher", WithoutScript);
        await page.Open("/o/harbor-apps/account-settings/users?text=marketer");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Link("Change roles").ClickAsync();

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Entire organization : Report viewer", Exact = true }).CheckAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(page.Locator(".difference")).ToContainTextAsync("Report viewer");
        await page.Locator("main form button[type=submit]").First.ClickAsync();

        await Expect(page.Message()).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Report viewer");
    }

    [BrowserFact]
    public async Task Users_can_be_filtered_and_a_filter_taken_away()
    {
        var page = await SignInAs("global-admin", WithoutScript);
        await page.Open($"{Alpine}/account-settings/users");
        var everybody = await page.Locator("tbody tr").CountAsync();

        await page.GetByRole(AriaRole.Main).Locator("summary").First.ClickAsync();
        await page.GetByLabel("Status").SelectOptionAsync("invited");
        await page.Button("Apply").ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(1);
        await page.Locator(".chip").ClickAsync();

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(everybody);
    }

    [BrowserFact]
    public async Task The_information_of_a_tile_opens_and_leads_on()
    {
        var page = await SignInAs("global-admin", WithoutScript);
        await page.Open(Alpine);

        await page.GetByRole(AriaRole.Main).Locator("summary").First.ClickAsync();
        await page.Link("Which roles give access").First.ClickAsync();

        await Expect(page.Title()).ToHaveTextAsync("My access");
    }
}
