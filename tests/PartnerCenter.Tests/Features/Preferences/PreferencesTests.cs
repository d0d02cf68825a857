using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Tests.Features.Preferences;

public sealed class PreferencesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyPreferences = "/o/alpine-cloud/my-preferences";
    private const string Edit = $"{MyPreferences}/edit";
    private const string Review = $"{MyPreferences}/review";
    private const string SaveButton = "main form button:not([formaction])";

    [Fact]
    public async Task What_was_saved_is_there_again()
    {
        var visitor = await app.SignInAsync("agent");
        Assert.Equal(["Customer success lead", "English", "UTC (not chosen)"], (await visitor.OpenAsync(MyPreferences)).TextsOf("[aria-labelledby=choices] .facts dd"));

        var after = await SaveAsync(visitor, ("JobTitle", "Queen of <customers>"), ("EmailLanguage", "nl"));

        Assert.Equal("Your preferences are saved.", after.TextOf("[role=status]"));
        Assert.Equal(["Queen of <customers>", "Nederlands", "UTC (not chosen)"], after.TextsOf("[aria-labelledby=choices] .facts dd"));
        Assert.Equal("en", after.Language);
        var edited = await visitor.OpenAsync(Edit);
        Assert.Equal("Queen of <customers>", edited.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("nl", edited.Find("#EmailLanguage option[selected]").GetAttribute("value"));
    }

    [Fact]
    public async Task They_are_only_shown_until_somebody_wants_to_edit_them()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(MyPreferences);

        Assert.False(page.Has("main input"));
        Assert.Equal(["Required", "Required", "On", "Off"], page.TextsOf(".matrix tbody tr:first-child td"));
        Assert.Equal(Edit, page.Find(".toolbar a.button").GetAttribute("href"));
    }

    [Fact]
    public async Task What_would_change_is_shown_first_and_nothing_is_saved_before_that_is_confirmed()
    {
        var visitor = await app.SignInAsync("referrals");
        var edit = await visitor.OpenAsync(Edit);

        var review = await visitor.ReadAsync(await visitor.PressAsync(
            edit.ButtonOf(Review), [("JobTitle", "Head"), .. Wanted(edit).Except(["transactional-notification/referrals"]).Select(cell => ("Wanted", (string?)cell))]));
        var again = await visitor.ReadAsync(await visitor.ForgeAsync(Edit, ("JobTitle", "Head"), ("EmailLanguage", "en"), ("Known", "transactional-notification/referrals")));

        Assert.Equal(
            ["Job title: Co-sell manager → Head", "Transactional notification – Referrals: On → Off"],
            review.FindAll("tbody tr").Select(row => $"{row.Children[0].TextContent}: {row.Children[1].TextContent} → {row.Children[2].TextContent}"));
        Assert.Equal(["Co-sell manager", "English", "UTC (not chosen)"], (await visitor.OpenAsync(MyPreferences)).TextsOf("[aria-labelledby=choices] .facts dd"));
        Assert.Empty(await OptOutsOfAsync("referrals", "alpine-cloud"));
        Assert.Equal("Head", again.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal(["transactional-notification/referrals"], again.FindAll("input[name=Known]").Select(cell => cell.GetAttribute("value")));
    }

    [Fact]
    public async Task Everything_can_be_turned_on_again_at_once()
    {
        var visitor = await app.SignInAsync("guest");
        await SaveAsync(visitor, ("Wanted", null));

        var edit = await visitor.OpenAsync($"{Edit}?defaults=true");
        var before = await OptOutsOfAsync("guest", "alpine-cloud");
        var review = await visitor.ReadAsync(await visitor.PressAsync(edit.ButtonOf(Review)));
        await visitor.PressAsync(review.Find(SaveButton));

        Assert.False(edit.Has("input[name=Wanted]:not([checked])"));
        Assert.NotEmpty(before);
        Assert.Equal(before.Count, review.FindAll("tbody tr").Count);
        Assert.Empty(await OptOutsOfAsync("guest", "alpine-cloud"));
    }

    [Fact]
    public async Task What_was_turned_off_elsewhere_meanwhile_stays_off()
    {
        var visitor = await app.SignInAsync("newcomer");
        var edit = await visitor.OpenAsync(Edit);
        await app.InDatabaseAsync(async db =>
        {
            var membership = await db.Memberships.SingleAsync(row => row.Person.SignInAddress == "newcomer@demo.example" && row.Organization.Key == "alpine-cloud");
            db.Add(new OptOut(membership.Id, CommunicationKind.PromotionalNotification, "customers", app.Clock.Now));
            return await db.SaveChangesAsync();
        });

        var review = await visitor.ReadAsync(await visitor.PressAsync(edit.ButtonOf(Review), ("JobTitle", "Another title")));
        await visitor.PressAsync(review.Find(SaveButton));

        Assert.Equal(["PromotionalNotification/customers"], await OptOutsOfAsync("newcomer", "alpine-cloud"));
    }

    [Fact]
    public async Task Saving_a_page_as_it_stands_changes_no_choice()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var before = await OptOutsOfAsync("billing-admin", "alpine-cloud");

        var after = await visitor.FollowAsync(await visitor.PressAsync((await visitor.OpenAsync(Edit)).ButtonOf(Review)));

        Assert.Equal("Nothing was changed.", after.TextOf("[role=status]"));
        Assert.Equal(["PromotionalNotification/*"], before);
        Assert.Equal(before, await OptOutsOfAsync("billing-admin", "alpine-cloud"));
    }

    [Fact]
    public async Task A_choice_that_is_unchecked_is_an_opt_out_and_a_checked_one_is_none()
    {
        var visitor = await app.SignInAsync("helpdesk");
        var page = await visitor.OpenAsync(Edit);

        var shown = await SaveAsync(visitor, [.. Wanted(page).Except(["promotional-notification/pricing", "transactional-notification/*"]).Select(cell => ("Wanted", (string?)cell))]);

        var after = await visitor.OpenAsync(Edit);
        Assert.Equal(["Required", "Required", "Off", "Some"], shown.TextsOf(".matrix tbody tr:first-child td"));
        Assert.Equal(("Off", "Off"), (shown.TextOf("#choice-transactional-notification-billing"), shown.TextOf("#choice-promotional-notification-pricing")));
        Assert.Equal(["PromotionalNotification/pricing", "TransactionalNotification/*"], await OptOutsOfAsync("helpdesk", "alpine-cloud"));
        Assert.Equal(
            ["transactional-notification/*", "promotional-notification/pricing"],
            after.FindAll("input[name=Wanted]:not([checked])").Select(cell => cell.GetAttribute("value")));
        await SaveAsync(visitor, [.. Wanted(page).Select(cell => ("Wanted", (string?)cell))]);
        Assert.Empty(await OptOutsOfAsync("helpdesk", "alpine-cloud"));
    }

    [Fact]
    public async Task An_opt_out_stops_the_mail_and_not_what_the_portal_shows()
    {
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Edit);
        await SaveAsync(visitor, [.. Wanted(page).Except(["promotional-notification/benefits"]).Select(cell => ("Wanted", (string?)cell))]);
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

        var page = await visitor.OpenAsync(Edit);

        var kinds = Wanted(page).Select(cell => cell.Split('/')[0]).Distinct();
        Assert.Equal(["transactional-notification", "promotional-notification"], kinds);
        Assert.Equal(2 * page.FindAll(".matrix tbody tr").Count, page.FindAll(".required-cell").Count);
    }

    [Theory]
    [InlineData("mandatory-action/*", "Mandatory action – All workspaces")]
    [InlineData("recommended-action/billing", "Recommended action – Billing")]
    public async Task A_forged_choice_about_what_is_required_is_refused_with_all_that_was_typed(string cell, string name)
    {
        var visitor = await app.SignInAsync("publisher");
        await visitor.OpenAsync("/o/harbor-apps/my-preferences/edit");
        var before = await OptOutsOfAsync("publisher", "harbor-apps");
        (string, string)[] typed = [("EmailLanguage", "en"), ("JobTitle", "Forger"), ("Known", cell), ("Known", "promotional-notification/*")];

        foreach (var address in new[] { "/o/harbor-apps/my-preferences", "/o/harbor-apps/my-preferences/review" })
        {
            var again = await visitor.ReadAsync(await visitor.ForgeAsync(address, typed));

            Assert.Equal($"Email choices: {name}: This email is required and can't be turned off.", again.TextOf(".error-summary a[href='#Wanted']"));
            Assert.Equal("Forger", again.Find("#JobTitle").GetAttribute("value"));
        }

        Assert.Equal(before, await OptOutsOfAsync("publisher", "harbor-apps"));
    }

    [Fact]
    public async Task A_job_title_that_is_too_long_comes_back_with_what_was_typed()
    {
        var visitor = await app.SignInAsync("guest");
        var page = await visitor.OpenAsync(Edit);
        var tooLong = new string('x', 201);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Review), ("JobTitle", tooLong)));
        var forged = await visitor.ReadAsync(await visitor.ForgeAsync(MyPreferences, ("JobTitle", tooLong), ("EmailLanguage", "en")));

        Assert.Equal(again.TextOf(".error-summary"), forged.TextOf(".error-summary"));
        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal("Job title: The text is too long.", again.TextOf(".error-summary a[href='#JobTitle']"));
        Assert.Equal("Error: The text is too long.", again.TextOf("#JobTitle-error"));
        Assert.Equal(tooLong, again.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("Agency consultant", (await visitor.OpenAsync(Edit)).Find("#JobTitle").GetAttribute("value"));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("")]
    [InlineData("en-GB")]
    public async Task A_language_that_there_is_not_comes_back_as_an_error(string language)
    {
        var visitor = await app.SignInAsync("guest");
        var page = await visitor.OpenAsync(Edit);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Review), ("EmailLanguage", language)));

        Assert.Equal("Email language: Choose one from the list.", again.TextOf(".error-summary a[href='#EmailLanguage']"));
    }

    [Fact]
    public async Task A_time_zone_is_chosen_from_a_list_by_part_of_the_world()
    {
        var visitor = await app.SignInAsync("guest");
        var edit = await visitor.OpenAsync(Edit);

        var review = await visitor.ReadAsync(await visitor.PressAsync(edit.ButtonOf(Review), ("TimeZone", "Europe/Amsterdam")));
        var after = await visitor.FollowAsync(await visitor.PressAsync(review.Find(SaveButton)));

        Assert.Equal(["Europe", "North and South America", "Africa", "Asia", "Australia and the Pacific"], edit.FindAll("#TimeZone optgroup").Select(group => group.GetAttribute("label")));
        Assert.Equal("UTC−01:00 Azores", edit.FindAll("#TimeZone optgroup option")[0].TextContent);
        Assert.Equal("", edit.Find("#TimeZone > option").GetAttribute("value"));
        Assert.Equal(["Time zone", "UTC (not chosen)", "UTC+01:00 Amsterdam"], review.FindAll("tbody tr").Single().Children.Select(cell => cell.TextContent));
        Assert.Equal("UTC+01:00 Amsterdam", after.TextsOf("[aria-labelledby=choices] .facts dd")[2]);
        Assert.Equal("Europe/Amsterdam", (await visitor.OpenAsync(Edit)).Find("#TimeZone option[selected]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("Europe/AmsterdamX")]
    public async Task A_time_zone_that_there_is_not_comes_back_as_an_error(string zone)
    {
        var visitor = await app.SignInAsync("guest");
        var page = await visitor.OpenAsync(Edit);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Review), ("TimeZone", zone)));

        Assert.Equal("Time zone: Choose one from the list.", again.TextOf(".error-summary a[href='#TimeZone']"));
    }

    [Fact]
    public async Task A_Dutch_reader_is_told_of_an_error_in_Dutch()
    {
        var visitor = await app.SignInAsync("dutch-admin");
        var page = await visitor.OpenAsync("/o/lowland-digital/my-preferences/edit");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf("/o/lowland-digital/my-preferences/review"), ("JobTitle", new string('x', 201))));

        Assert.Equal("Functie: De tekst is te lang.", again.TextOf(".error-summary a"));
    }

    [Fact]
    public async Task They_are_kept_for_each_directory_by_itself()
    {
        var visitor = await app.SignInAsync("two-directories");

        await SaveAsync(visitor, ("JobTitle", "Here only"), ("Wanted", null));

        var there = await visitor.OpenAsync("/o/lowland-digital/my-preferences/edit");
        Assert.Equal("People lead", there.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal(there.FindAll("input[name=Wanted]").Count, Wanted(there).Count);
        Assert.Empty(await OptOutsOfAsync("two-directories", "lowland-digital"));
        Assert.NotEmpty(await OptOutsOfAsync("two-directories", "alpine-cloud"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_at_once_is_saved_and_no_fault()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var membership = await db.Memberships
            .Include(row => row.Person)
            .Include(row => row.Roles)
            .Include(row => row.Organization).ThenInclude(organization => organization.Enrollments)
            .SingleAsync(row => row.Person.SignInAddress == "dutch-admin@demo.example");
        var member = new Member(membership, WorkspaceCatalogue.BuiltIn, app.Clock.Now);
        var form = new MailChoicesForm { JobTitle = "Directeur", EmailLanguage = "nl" };
        var wasFirst = false;

        await scope.ServiceProvider.GetRequiredService<MailChoicesSaver>().SaveAsync(member, form, ChangedBy.MyPreferences, also: _ => BeFirst().GetAwaiter().GetResult(), CancellationToken.None);

        Assert.True(wasFirst);
        Assert.Contains("PromotionalNotification/billing", await OptOutsOfAsync("dutch-admin", "lowland-digital"));

        async Task BeFirst()
        {
            if (!wasFirst)
            {
                wasFirst = true;
                await app.InDatabaseAsync(other =>
                {
                    other.Add(new OptOut(membership.Id, CommunicationKind.PromotionalNotification, "billing", app.Clock.Now));
                    return other.SaveChangesAsync();
                });
            }
        }
    }

    private static async Task<Page> SaveAsync(Visitor visitor, params (string Name, string? Value)[] typed)
    {
        var review = await visitor.ReadAsync(await visitor.PressAsync((await visitor.OpenAsync(Edit)).ButtonOf(Review), typed));
        var answer = await visitor.PressAsync(review.Find(SaveButton));
        Assert.Equal(MyPreferences, answer.LocationOf());
        return await visitor.FollowAsync(answer);
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
