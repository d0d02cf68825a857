using Microsoft.Playwright;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.BrowserTests;

/// <summary>A page as somebody sees it.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Person">Who looks at it; null for somebody who is not signed in.</param>
/// <param name="Open">How to get there.</param>
public sealed record Sight(string Name, string? Person, Func<IPage, Task> Open);

/// <summary>Every page of the portal, in each state that looks different. What holds for all pages is tested with these.</summary>
public static class Sights
{
    private const string Alpine = "/o/alpine-cloud";
    private const string Lowland = "/o/lowland-digital";
    private const string Harbor = "/o/harbor-apps";

    private static readonly Sight[] Dutch =
    [
        new("a dashboard in Dutch", "dutch-admin", At(Lowland)),
        new("the action center in Dutch", "dutch-admin", At($"{Lowland}/action-center")),
        new("a mandatory action in Dutch", "dutch-admin", FirstOf($"{Lowland}/action-center")),
        new("a workspace in Dutch", "dutch-admin", At($"{Lowland}/workspaces/billing")),
        new("my access in Dutch", "dutch-admin", Then(At($"{Lowland}/my-access"), ".access summary")),
        new("asking for a role in Dutch", "incentives", At($"{Lowland}/my-access/ask?role=billing_admin")),
        new("permissions in Dutch", "dutch-admin", At($"{Lowland}/account-settings/permissions?open=workspace/referrals")),
        new("a page without access in Dutch", "incentives", At($"{Lowland}/workspaces/billing")),
        new("the announcements in Dutch", "dutch-admin", At($"{Lowland}/action-center/announcements")),
        new("the calendar and the feed in Dutch", "dutch-admin", At($"{Lowland}/action-center/calendar")),
        new("the coverage in Dutch", "dutch-admin", At($"{Lowland}/action-center/coverage")),
        new("my preferences in Dutch", "dutch-admin", At($"{Lowland}/my-preferences")),
        new("editing my preferences in Dutch", "dutch-admin", At($"{Lowland}/my-preferences/edit")),
        new("the history of my preferences in Dutch", "dutch-admin", At($"{Lowland}/my-preferences/history")),
        new("the contact address in Dutch", "dutch-admin", At($"{Lowland}/my-preferences/contact")),
        new("the first visit in Dutch", "dutch-admin", At($"{Lowland}/welcome")),
        new("the open bell in Dutch", "dutch-admin", Menu(HeaderMenu.Bell, Lowland)),
        new("the users in Dutch", "dutch-admin", At($"{Lowland}/account-settings/users")),
        new("the home of help and support in Dutch", "dutch-admin", At($"{Lowland}/help-support")),
        new("an article in Dutch", "dutch-admin", At($"{Lowland}/help/action-center")),
        new("the open help in Dutch", "dutch-admin", Menu(HeaderMenu.Help, Lowland)),
        new("a support request in Dutch", "dutch-admin", At($"{Lowland}/help-support/requests/new?Summary=De+factuur+is+leeg&Workspace=billing&Type=Problem")),
        new("the open settings in Dutch", "dutch-admin", Menu(HeaderMenu.Settings, Lowland)),
    ];

    /// <summary>All of them by name.</summary>
    internal static IReadOnlyDictionary<string, Sight> All { get; } = new Sight[]
    {
        new("the start page", null, At("/")),
        new("the design system", null, At("/design")),
        new("a dashboard", "global-admin", At(Alpine)),
        new("the first visit", "newcomer", At($"{Alpine}/welcome")),
        new("a dashboard with nothing due", "newcomer", FirstDashboard),
        new("a workspace with open items", "global-admin", At($"{Alpine}/workspaces/billing")),
        new("a workspace without items", "global-admin", At($"{Alpine}/workspaces/insights")),
        new("the actions", "global-admin", At($"{Alpine}/action-center")),
        new("the notifications", "global-admin", At($"{Alpine}/action-center?view=notifications")),
        new("the completed items", "global-admin", At($"{Alpine}/action-center?view=completed")),
        new("the archived items", "global-admin", At($"{Alpine}/action-center?view=archived")),
        new("a filter that nothing matches", "global-admin", At($"{Alpine}/action-center?workspace=insights")),
        new("the announcements", "global-admin", At($"{Alpine}/action-center/announcements")),
        new("the announcements of a month without any", "newcomer", At($"{Alpine}/action-center/announcements?month=2020-01")),
        new("the calendar and the feed without addresses", "newcomer", At($"{Alpine}/action-center/calendar")),
        new("the address of a calendar", "billing-admin", Then(At($"{Alpine}/action-center/calendar"), "main form button[type=submit]")),
        new("the actions of two directories", "two-directories", At("/my-actions")),
        new("the actions of no directory", "operator", At("/my-actions")),
        new("the coverage", "global-admin", At($"{Alpine}/action-center/coverage")),
        new("a mandatory action", "global-admin", FirstOf($"{Alpine}/action-center")),
        new("a notification", "global-admin", FirstOf($"{Alpine}/action-center?view=notifications")),
        new("a note that is too long", "global-admin", NoteThatIsTooLong),
        new("my access with an opened row", "billing-admin", Then(At($"{Alpine}/my-access"), ".access:has(.pill--good) summary")),
        new("my access with an opened row of a closed workspace", "billing-admin", Then(At($"{Alpine}/my-access"), ".access:not(:has(.pill--good)) summary")),
        new("my access without a role", "newcomer", At($"{Alpine}/my-access")),
        new("the choice of what to ask for", "newcomer", At($"{Alpine}/my-access/ask")),
        new("asking for a workspace with mistakes", "newcomer", Then(At($"{Alpine}/my-access/ask?workspace=referrals"), "main form button[type=submit]")),
        new("my access with a request", null, page => AskedFor(page, "marketer", "/my-access")),
        new("the access requests", null, page => AskedFor(page, "publisher", "/account-settings/access-requests")),
        new("an access request with mistakes", null, AnswerWithoutReason),
        new("the users", "global-admin", At($"{Alpine}/account-settings/users?guest=false&text=e")),
        new("the users, by which nobody matches", "global-admin", At($"{Alpine}/account-settings/users?text=zzzz")),
        new("the administrators", "newcomer", At($"{Alpine}/account-settings/users")),
        new("a user", "global-admin", Then(At($"{Alpine}/account-settings/users?guest=true"), "tbody th a")),
        new("a user to remove", "global-admin", UserToRemove),
        new("the choice of whose roles to change", "global-admin", At($"{Alpine}/account-settings/users/roles")),
        new("the roles of a user", "global-admin", RolesOfUser),
        new("the roles of a user before saving", "global-admin", RolesBeforeSaving),
        new("the roles of several users", "global-admin", RolesOfSeveral),
        new("adding people with mistakes", "global-admin", Then(At($"{Alpine}/account-settings/users/add"), "main form button[type=submit]")),
        new("importing people", "global-admin", At($"{Alpine}/account-settings/users/import")),
        new("account settings", "global-admin", At($"{Alpine}/account-settings")),
        new("my profile", "two-directories", At("/my-profile")),
        new("my sessions", "two-directories", At("/my-sessions")),
        new("an account for one directory", "two-directories", At("/directories/lowland-digital")),
        new("who signs in", "dutch-admin", At("/o/lowland-digital/account-settings/sign-in")),
        new("who signs in without a directory", "global-admin", At($"{Alpine}/account-settings/sign-in")),
        new("signing in again", "two-directories", At("/sign-in/again?step=ChangeContactAddress&returnUrl=%2Fmy-profile")),
        new("the page before a foreign link", "global-admin", Then(FirstOf($"{Alpine}/action-center"), "article a.button")),
        new("the permissions of a user", "global-admin", PermissionsOfUser),
        new("an access review", "publisher", Review),
        new("suspending a program", "global-admin", At($"{Alpine}/account-settings/programs/reseller/suspend")),
        new("adding a location with mistakes", "global-admin", Then(At($"{Alpine}/account-settings/organization/locations/add"), "main form button[type=submit]")),
        new("a location", "global-admin", Then(At($"{Alpine}/account-settings/organization"), "main td a")),
        new("an invitation", null, Invitation),
        new("the items that are put off", "global-admin", At($"{Alpine}/action-center?view=snoozed")),
        new("the documentation for operators", "operator", At("/operator/help")),
        new("the programs", "global-admin", At($"{Alpine}/account-settings/programs")),
        new("the organization's profile", "global-admin", At($"{Alpine}/account-settings/organization")),
        new("the activity log", "global-admin", At($"{Alpine}/account-settings/activity-log?person=anna")),
        new("the access reviews", "global-admin", At($"{Alpine}/account-settings/access-reviews")),
        new("leaving the organization", "billing-admin", At($"{Alpine}/account-settings/leave")),
        new("the permissions of somebody with many roles", "program-admin", Then(At($"{Alpine}/account-settings/permissions?open=page/SentMail"), ".accesses summary")),
        new("my preferences", "billing-admin", At($"{Alpine}/my-preferences")),
        new("editing my preferences", "billing-admin", At($"{Alpine}/my-preferences/edit")),
        new("what changes in my preferences", "billing-admin", Then(At($"{Alpine}/my-preferences/edit?defaults=true"), "main form button[type=submit]")),
        new("the history of my preferences", "billing-admin", At($"{Alpine}/my-preferences/history")),
        new("which mail goes where", "billing-admin", At($"{Alpine}/my-preferences/where-mail-goes")),
        new("the contact address", "billing-admin", At($"{Alpine}/my-preferences/contact")),
        new("a contact address that waits, with a wrong code", "marketer", WrongCode),
        new("my preferences with a mistake", "billing-admin", JobTitleThatIsTooLong),
        new("the sent mail with an opened mail", "global-admin", Then(At($"{Alpine}/sent-mail"), ".mails summary")),
        new("the documentation", "global-admin", At($"{Alpine}/help")),
        new("an article", "global-admin", At($"{Alpine}/help/my-preferences")),
        new("the open help", "global-admin", Menu(HeaderMenu.Help, $"{Alpine}/account-settings/users")),
        new("the suggestions of the search bar", "newcomer", Suggestions),
        new("an article for operators", "operator", At("/operator/help/operator-publishing")),
        new("the home of help and support", "newcomer", At($"{Alpine}/help-support")),
        new("the support requests of nobody", "newcomer", At($"{Alpine}/help-support/requests")),
        new("the support requests of an organization", "global-admin", At($"{Alpine}/help-support/requests")),
        new("what a support request is about, with mistakes", "newcomer", At($"{Alpine}/help-support/requests/new?Summary=")),
        new("a support request with articles and mistakes", "newcomer", Then(At($"{Alpine}/help-support/requests/new?Summary=Turn+off+the+newsletter&Workspace=billing&Type=Question"), "main form[method=post] button")),
        new("a support request", "global-admin", Then(At($"{Alpine}/help-support/requests?state=Open"), "main tbody th a")),
        new("the support requests of all partners", "operator", At("/operator/support-requests")),
        new("answering a support request with a mistake", "operator", Then(Then(At("/operator/support-requests"), "main tbody th a"), "main form button")),
        new("search results", "global-admin", At($"{Alpine}/search?q=in")),
        new("a search that finds nothing", "global-admin", At($"{Alpine}/search?q=zzzz")),
        new("a search for nothing", "global-admin", At($"{Alpine}/search")),
        new("the operator's home", "operator", At("/operator")),
        new("a new communication", "operator", At("/operator/communications/new")),
        new("a new communication with mistakes", "operator", Then(At("/operator/communications/new"), "main form button[type=submit]")),
        new("who would get mail", "operator", WhoWouldGetMail),
        new("the mail preview", "operator", MailPreview),
        new("the sessions of a person", "operator", At("/operator/sessions?address=two-directories@demo.example")),
        new("importing preferences", "operator", At("/operator/import-preferences")),
        new("people that an operator looks for", "operator", At("/operator/people?text=demo")),
        new("a person as an operator sees them", "operator", Then(At("/operator/people?text=noa"), "main table a")),
        new("what erasing a person does", "operator", Then(Then(At("/operator/people?text=noa"), "main table a"), "main a.button--quiet")),
        new("a published communication", "operator", Then(At("/operator"), "main table a")),
        new("the delivery log of a communication", "operator", Then(Then(At("/operator"), "main table a"), "section[aria-labelledby=delivery] p a")),
        new("an unknown page", "global-admin", At($"{Alpine}/workspaces/unknown")),
        new("a page without access", "billing-admin", At($"{Alpine}/workspaces/referrals")),
        new("a refusal by a rule", "global-admin", ArchiveWhatCannotBeArchived),
        new("no organization", "operator", At("/no-organization")),
        new("the open navigation", "global-admin", Menu(HeaderMenu.Navigation, Alpine)),
        new("the open bell", "global-admin", Menu(HeaderMenu.Bell, Alpine)),
        new("the open bell with nothing due", "newcomer", Menu(HeaderMenu.Bell, Alpine)),
        new("the open settings", "global-admin", Menu(HeaderMenu.Settings, Alpine)),
        new("the open profile with two directories", "two-directories", Menu(HeaderMenu.Profile, Alpine)),
        new("an opened tile", "global-admin", Then(At(Alpine), ".tile-more summary")),
    }.Concat(Dutch).ToDictionary(sight => sight.Name);

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> DutchNames => [.. Dutch.Select(sight => sight.Name)];

    /// <summary>
    /// Where each page of the portal is looked at, by its key in the <see cref="PageTable"/>. Two are opened from a mail and have tests of
    /// their own.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> OfPages { get; } = new Dictionary<string, string>
    {
        [PageTable.Start] = "the start page",
        [PageTable.Home] = "a dashboard",
        [PageTable.Workspace] = "a workspace with open items",
        [PageTable.ActionCenter] = "the actions",
        [PageTable.Communication] = "a mandatory action",
        [PageTable.Announcements] = "the announcements",
        [PageTable.Calendar] = "the calendar and the feed without addresses",
        [PageTable.Coverage] = "the coverage",
        [PageTable.MyActions] = "the actions of two directories",
        [PageTable.MyProfile] = "my profile",
        [PageTable.MySessions] = "my sessions",
        [PageTable.DirectorySignIn] = "an account for one directory",
        [PageTable.SignInRules] = "who signs in",
        [PageTable.SignInAgain] = "signing in again",
        [PageTable.ForeignLink] = "the page before a foreign link",
        [PageTable.MyAccess] = "my access without a role",
        [PageTable.AskForAccess] = "the choice of what to ask for",
        [PageTable.MyPreferences] = "my preferences",
        [PageTable.EditPreferences] = "editing my preferences",
        [PageTable.ContactAddress] = "the contact address",
        [PageTable.WhereMailGoes] = "which mail goes where",
        [PageTable.PreferenceHistory] = "the history of my preferences",
        [PageTable.Welcome] = "the first visit",
        [PageTable.SentMail] = "the sent mail with an opened mail",
        [PageTable.Search] = "search results",
        [PageTable.Help] = "the documentation",
        [PageTable.HelpArticle] = "an article",
        [PageTable.HelpSupport] = "the home of help and support",
        [PageTable.SupportRequests] = "the support requests of an organization",
        [PageTable.SupportRequest] = "a support request",
        [PageTable.NewSupportRequest] = "what a support request is about, with mistakes",
        [PageTable.AccountSettings] = "account settings",
        [PageTable.Permissions] = "the permissions of somebody with many roles",
        [PageTable.Users] = "the users",
        [PageTable.User] = "a user",
        [PageTable.UserPermissions] = "the permissions of a user",
        [PageTable.AddPeople] = "adding people with mistakes",
        [PageTable.ImportPeople] = "importing people",
        [PageTable.ChangeRoles] = "the choice of whose roles to change",
        [PageTable.AccessRequests] = "the access requests",
        [PageTable.AccessRequest] = "an access request with mistakes",
        [PageTable.AccessReviews] = "the access reviews",
        [PageTable.AccessReview] = "an access review",
        [PageTable.Programs] = "the programs",
        [PageTable.Program] = "suspending a program",
        [PageTable.OrganizationProfile] = "the organization's profile",
        [PageTable.AddLocation] = "adding a location with mistakes",
        [PageTable.Location] = "a location",
        [PageTable.ActivityLog] = "the activity log",
        [PageTable.Leave] = "leaving the organization",
        [PageTable.Invitation] = "an invitation",
        [PageTable.Operator] = "the operator's home",
        [PageTable.NewCommunication] = "a new communication",
        [PageTable.SimulatedCommunication] = "who would get mail",
        [PageTable.PublishedCommunication] = "a published communication",
        [PageTable.Delivery] = "the delivery log of a communication",
        [PageTable.MailPreview] = "the mail preview",
        [PageTable.PersonSessions] = "the sessions of a person",
        [PageTable.ImportPreferences] = "importing preferences",
        [PageTable.SupportDesk] = "the support requests of all partners",
        [PageTable.SupportDeskRequest] = "answering a support request with a mistake",
        [PageTable.People] = "people that an operator looks for",
        [PageTable.Person] = "a person as an operator sees them",
        [PageTable.ErasePerson] = "what erasing a person does",
        [PageTable.OperatorHelp] = "the documentation for operators",
        [PageTable.OperatorHelpArticle] = "an article for operators",
    };

    /// <summary>The pages that people are on most of the time, each in both languages.</summary>
    public static TheoryData<string> MainNames =>
    [
        "a dashboard", "a dashboard in Dutch",
        "the actions", "the action center in Dutch",
        "a mandatory action", "a mandatory action in Dutch",
        "my preferences", "my preferences in Dutch",
        "the users", "the users in Dutch",
        "the home of help and support", "the home of help and support in Dutch",
    ];

    public static Sight Find(string name) => All[name];

    private static Func<IPage, Task> At(string address) => page => page.Open(address);

    private static Func<IPage, Task> FirstOf(string list) => Then(At(list), ".communication-title a");

    private static Func<IPage, Task> Then(Func<IPage, Task> open, string click) => async page =>
    {
        await open(page);
        await page.Locator(click).First.ClickAsync();
        await page.Settled();
    };

    private static Func<IPage, Task> Menu(HeaderMenu menu, string address) => async page =>
    {
        await page.Open(address);
        await page.Tool(menu).ClickAsync();
        await page.Menu(menu).WaitForAsync();
    };

    private static async Task Suggestions(IPage page)
    {
        await page.Open(Alpine);
        await page.SearchBar().PressSequentiallyAsync("pre");
        await page.Suggestions().WaitForAsync();
    }

    private static async Task WhoWouldGetMail(IPage page)
    {
        await page.Open("/operator/communications/new");
        await page.GetByLabel("Workspace", new() { Exact = true }).SelectOptionAsync("Help + support");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Promotional notification");
        await page.Locator("[name='audience.roles'][value=default_user]").CheckAsync();
        var english = page.GetByRole(AriaRole.Group, new() { Name = "English", Exact = true });
        await english.GetByLabel("Title").FillAsync("Come to the partner fair");
        await english.GetByLabel("Text").FillAsync("It is in **May**.");
        await page.Button("Who would get mail?").ClickAsync();
        await page.Locator("#not-mailed").WaitForAsync();
    }

    // In the frame no script runs, that of the checks included: they would wait for it for ever.
    private static async Task MailPreview(IPage page)
    {
        await page.Open("/operator/mail-preview?mail=promotional-notification/published");
        await page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await page.Locator("iframe").EvaluateAsync("frame => frame.remove()");
    }

    // A browser that obeys maxlength does not let anybody type that much.
    private static async Task NoteThatIsTooLong(IPage page)
    {
        await FirstOf($"{Alpine}/action-center")(page);
        await page.GetByLabel("Note (optional)").EvaluateAsync("note => note.removeAttribute('maxlength')");
        await page.GetByLabel("Note (optional)").FillAsync(new string('x', 1001));
        await page.Button("Mark as completed").ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    // Whoever was asked in an earlier test is asked no more.
    private static async Task FirstDashboard(IPage page)
    {
        await page.Open($"{Alpine}/welcome");
        await page.Button("Not now").ClickAsync();
        await page.Message().WaitForAsync();
    }

    // Of the address that an earlier test entered, no second mail goes out within the minute.
    private static async Task WrongCode(IPage page)
    {
        await page.Open($"{Harbor}/my-preferences/contact");
        if (await page.Locator("#Code").CountAsync() == 0)
        {
            await page.GetByLabel("New address").FillAsync("quinn@work.example");
            await page.Button("Send a mail to confirm it").ClickAsync();
        }

        await page.GetByLabel("Code from the mail").FillAsync("no digits");
        await page.Button("Confirm this address").ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    private static async Task JobTitleThatIsTooLong(IPage page)
    {
        await page.Open($"{Alpine}/my-preferences/edit");
        await page.GetByLabel("Job title").EvaluateAsync("title => title.removeAttribute('maxlength')");
        await page.GetByLabel("Job title").FillAsync(new string('x', 201));
        await page.Button("Check changes").ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    // Whoever asked in an earlier test is told so, and the request is there all the same.
    private static async Task AskedFor(IPage page, string reader, string address)
    {
        await page.SignInAs("marketer");
        await page.Open($"{Harbor}/my-access/ask?workspace=payouts");
        await page.GetByLabel("Why you need it").FillAsync("I plan the campaigns by what they earn.");
        await page.Button("Send the request").ClickAsync();
        await page.Message().Or(page.GetByRole(AriaRole.Alert)).First.WaitForAsync();
        await page.Context.ClearCookiesAsync();
        await page.SignInAs(reader);
        await page.Open($"{Harbor}{address}");
    }

    private static async Task AnswerWithoutReason(IPage page)
    {
        await AskedFor(page, "publisher", "/account-settings/access-requests");
        await page.Locator("tbody a").First.ClickAsync();
        await page.Button("Decline the request").ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    private static async Task PermissionsOfUser(IPage page)
    {
        await page.Open($"{Alpine}/account-settings/users?text=billing-admin");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Settled();
        await page.Open($"{page.Url}/permissions");
    }

    // A review that an earlier test began goes on.
    private static async Task Review(IPage page)
    {
        await page.Open($"{Harbor}/account-settings/access-reviews");
        if (await page.Locator("main tbody a").CountAsync() == 0)
        {
            await page.Locator("#Of").SelectOptionAsync(new SelectOptionValue { Label = "Developer" });
            await page.Locator("main form button[type=submit]").ClickAsync();
            await page.Message().WaitForAsync();
            await page.Open($"{Harbor}/account-settings/access-reviews");
        }

        await page.Locator("main tbody a").First.ClickAsync();
        await page.Settled();
    }

    // Whoever was invited in an earlier test still has to answer.
    private static async Task Invitation(IPage page)
    {
        const string invited = "iris.sight@partner.example";
        await page.SignInAs("publisher");
        await page.Open($"{Harbor}/account-settings/users/add");
        await page.Locator("main textarea").First.FillAsync(invited);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Message().Or(page.GetByRole(AriaRole.Alert)).First.WaitForAsync();
        await page.Context.ClearCookiesAsync();
        await page.SignInAs($"'{invited}'");
        await page.Settled();
    }

    private static async Task UserToRemove(IPage page)
    {
        await page.Open($"{Alpine}/account-settings/users?guest=true");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.GetByText("Remove…").ClickAsync();
    }

    private static async Task RolesOfUser(IPage page)
    {
        await page.Open($"{Alpine}/account-settings/users?text=billing-admin");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Link("Change roles").ClickAsync();
        await page.Settled();
    }

    private static async Task RolesBeforeSaving(IPage page)
    {
        await RolesOfUser(page);
        await page.Locator("main input[type=checkbox]:not(:checked)").First.CheckAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Locator(".difference").WaitForAsync();
    }

    private static async Task RolesOfSeveral(IPage page)
    {
        await page.Open($"{Alpine}/account-settings/users?guest=false");
        foreach (var box in (await page.Locator("tbody th input").AllAsync()).Take(3))
            await box.CheckAsync();
        await page.Button("Change the roles of those chosen").ClickAsync();
        await page.Settled();
    }

    // No page offers it, so the form for completing is sent there.
    private static async Task ArchiveWhatCannotBeArchived(IPage page)
    {
        await FirstOf($"{Alpine}/action-center")(page);
        await page.Button("Mark as completed").EvaluateAsync("button => button.form.action = button.form.action.replace('/complete', '/archive')");
        await page.Button("Mark as completed").ClickAsync();
        await page.Title().Filter(new() { HasText = "This cannot be done" }).WaitForAsync();
    }
}
