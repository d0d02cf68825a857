using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Preferences;

public sealed class PreferencesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyPreferences = "/o/alpine-cloud/my-preferences";

    [Fact]
    public async Task What_was_saved_is_there_again()
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.OpenAsync(MyPreferences);
        Assert.Equal("Customer success lead", page.Find("#JobTitle").GetAttribute("value"));

        var answer = await visitor.PressAsync(page.ButtonOf(MyPreferences), ("JobTitle", "Queen of <customers>"), ("EmailLanguage", "nl"));

        Assert.Equal(MyPreferences, answer.LocationOf());
        var after = await visitor.FollowAsync(answer);
        Assert.Equal("Your preferences are saved.", after.TextOf("[role=status]"));
        Assert.Equal("Queen of <customers>", after.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("nl", after.Find("#EmailLanguage option[selected]").GetAttribute("value"));
        Assert.Equal("en", after.Language);
    }

    [Fact]
    public async Task Saving_a_page_as_it_stands_changes_no_choice()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var before = await OptOutsOfAsync("billing-admin", "alpine-cloud");
        var page = await visitor.OpenAsync(MyPreferences);

        await visitor.PressAsync(page.ButtonOf(MyPreferences));

        Assert.Equal(["PromotionalNotification/*"], before);
        Assert.Equal(before, await OptOutsOfAsync("billing-admin", "alpine-cloud"));
    }

    [Fact]
    public async Task A_choice_that_is_unchecked_is_an_opt_out_and_a_checked_one_is_none()
    {
        var visitor = await app.SignInAsync("helpdesk");
        var page = await visitor.OpenAsync(MyPreferences);

        await visitor.PressAsync(page.ButtonOf(MyPreferences), [.. Wanted(page).Except(["promotional-notification/pricing", "transactional-notification/*"]).Select(cell => ("Wanted", (string?)cell))]);

        var after = await visitor.OpenAsync(MyPreferences);
        Assert.Equal(["PromotionalNotification/pricing", "TransactionalNotification/*"], await OptOutsOfAsync("helpdesk", "alpine-cloud"));
        Assert.Equal(
            ["transactional-notification/*", "promotional-notification/pricing"],
            after.FindAll("input[name=Wanted]:not([checked])").Select(cell => cell.GetAttribute("value")));
        await visitor.PressAsync(after.ButtonOf(MyPreferences), [.. Wanted(page).Select(cell => ("Wanted", (string?)cell))]);
        Assert.Empty(await OptOutsOfAsync("helpdesk", "alpine-cloud"));
    }

    [Fact]
    public async Task An_opt_out_stops_the_mail_and_not_what_the_portal_shows()
    {
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(MyPreferences);
        await visitor.PressAsync(page.ButtonOf(MyPreferences), [.. Wanted(page).Except(["promotional-notification/benefits"]).Select(cell => ("Wanted", (string?)cell))]);
        var promotion = Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "Come to the fair", RoleCatalogue.GlobalAdmin);
        var unwanted = await app.PublishAsync(promotion with { Workspace = "benefits" });
        var wanted = await app.PublishAsync(promotion with { Workspace = "membership" });
        var required = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Needed all the same", RoleCatalogue.GlobalAdmin) with { Workspace = "benefits" });

        await app.SendMailsAsync();

        var mails = await app.InDatabaseAsync(db => db.OutboxMails
            .Where(mail => mail.CommunicationId >= unwanted)
            .Select(mail => new { mail.CommunicationId, Became = mail.SuppressedBecause == null ? $"{mail.State}" : $"{mail.SuppressedBecause}" })
            .ToDictionaryAsync(mail => mail.CommunicationId, mail => mail.Became));
        Assert.Equal(new Dictionary<long, string> { [unwanted] = "OptedOut", [wanted] = "Sent", [required] = "Sent" }, mails);
        Assert.True((await visitor.OpenAsync("/o/alpine-cloud/action-center?view=notifications")).Has($"a[href$='/action-center/{unwanted}']"));
    }

    [Fact]
    public async Task What_is_required_has_no_checkbox()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(MyPreferences);

        var kinds = Wanted(page).Select(cell => cell.Split('/')[0]).Distinct();
        Assert.Equal(["transactional-notification", "promotional-notification"], kinds);
        Assert.Equal(2 * page.FindAll(".matrix tbody tr").Count, page.FindAll(".required-cell").Count);
    }

    [Fact]
    public async Task A_forged_choice_about_what_is_required_changes_nothing()
    {
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync(MyPreferences);

        // Nothing is wanted: no cell of any kind, whatever the page offers.
        await visitor.ForgeAsync(MyPreferences, ("EmailLanguage", "en"), ("Wanted", "mandatory-action/*"), ("Wanted", "no-such-kind/billing"));

        var kinds = (await OptOutsOfAsync("program-admin", "alpine-cloud")).Select(optOut => optOut.Split('/')[0]).Distinct();
        Assert.Equal(["PromotionalNotification", "TransactionalNotification"], kinds);
    }

    [Fact]
    public async Task A_job_title_that_is_too_long_comes_back_with_what_was_typed()
    {
        var visitor = await app.SignInAsync("guest");
        var page = await visitor.OpenAsync(MyPreferences);
        var tooLong = new string('x', 201);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(MyPreferences), ("JobTitle", tooLong)));

        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal("Job title: The text is too long.", again.TextOf(".error-summary a[href='#JobTitle']"));
        Assert.Equal("Error: The text is too long.", again.TextOf("#JobTitle-error"));
        Assert.Equal(tooLong, again.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("Agency consultant", (await visitor.OpenAsync(MyPreferences)).Find("#JobTitle").GetAttribute("value"));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("")]
    [InlineData("en-GB")]
    public async Task A_language_that_there_is_not_comes_back_as_an_error(string language)
    {
        var visitor = await app.SignInAsync("guest");
        var page = await visitor.OpenAsync(MyPreferences);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(MyPreferences), ("EmailLanguage", language)));

        Assert.Equal("Email language: Choose one from the list.", again.TextOf(".error-summary a[href='#EmailLanguage']"));
    }

    [Fact]
    public async Task A_Dutch_reader_is_told_of_an_error_in_Dutch()
    {
        var visitor = await app.SignInAsync("dutch-admin");
        var page = await visitor.OpenAsync("/o/lowland-digital/my-preferences");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf("/o/lowland-digital/my-preferences"), ("JobTitle", new string('x', 201))));

        Assert.Equal("Functie: De tekst is te lang.", again.TextOf(".error-summary a"));
    }

    [Fact]
    public async Task They_are_kept_for_each_directory_by_itself()
    {
        var visitor = await app.SignInAsync("two-directories");
        var page = await visitor.OpenAsync(MyPreferences);

        await visitor.PressAsync(page.ButtonOf(MyPreferences), ("JobTitle", "Here only"), ("Wanted", null));

        var there = await visitor.OpenAsync("/o/lowland-digital/my-preferences");
        Assert.Equal("People lead", there.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal(there.FindAll("input[name=Wanted]").Count, Wanted(there).Count);
        Assert.Empty(await OptOutsOfAsync("two-directories", "lowland-digital"));
        Assert.NotEmpty(await OptOutsOfAsync("two-directories", "alpine-cloud"));
    }

    private static List<string> Wanted(Page page) =>
        [.. page.FindAll("input[name=Wanted][checked]").Select(cell => cell.GetAttribute("value")!)];

    private Task<List<string>> OptOutsOfAsync(string person, string organization) => app.InDatabaseAsync(async db =>
    {
        var rows = await db.Memberships
            .Where(membership => membership.Person.SignInAddress == $"{person}@demo.example" && membership.Organization.Key == organization)
            .SelectMany(membership => membership.OptOuts)
            .ToListAsync();
        return rows.Select(optOut => $"{optOut.Kind}/{optOut.Workspace ?? "*"}").Order(StringComparer.Ordinal).ToList();
    });
}
