using System.Net;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class ListsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Fact]
    public async Task They_are_five_and_the_first_two_say_how_much_is_in_them()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(ActionCenter);

        Assert.Equal(["Actions (4)", "Notifications (4)", "Completed items", "Archived items", "Put off"], page.TextsOf(".tabs a"));
        Assert.Equal("Actions (4)", page.TextOf(".tabs [aria-current=page]"));
    }

    [Fact]
    public async Task Actions_stand_in_the_order_in_which_they_press()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(ActionCenter);

        // Overdue, then mandatory by due date, then recommended by due date.
        Assert.Equal(
            [
                "Confirm who owns your organization",
                "Review the tax number on your invoices",
                "Complete your tax profile",
                "Add two certified colleagues to reach the next level",
            ],
            TitlesOn(page));
        Assert.Equal(["Overdue by 2 days", "3 days left", "33 days left", "57 days left"], page.TextsOf(".communications .due"));
    }

    [Fact]
    public async Task Notifications_stand_with_the_newest_first()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?view=notifications");

        Assert.Equal("Notifications (4)", page.TextOf(".tabs [aria-current=page]"));
        Assert.Equal(["Choose", "Title", "Type", "Workspace", "Created"], page.TextsOf(".communications th[scope=col]"));
        Assert.Equal(
            [
                "Short maintenance on Sunday morning",
                "Your invoice for October is ready",
                "A first look at next quarter's prices",
                "Meet other partners at the spring gathering",
            ],
            TitlesOn(page));
    }

    [Fact]
    public async Task A_row_shows_the_beginning_of_the_text_without_its_markup()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(ActionCenter);

        Assert.StartsWith(
            "We need the name and address of everyone who owns 25 percent or more of your organization.",
            page.TextsOf(".communication-line")[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workspace=billing", "Review the tax number on your invoices")]
    [InlineData("kind=recommended-action", "Complete your tax profile|Add two certified colleagues to reach the next level")]
    [InlineData("workspace=incentives&kind=recommended-action", "Complete your tax profile")]
    [InlineData("due=overdue", "Confirm who owns your organization")]
    [InlineData("due=soon", "Review the tax number on your invoices")]
    [InlineData("from=2026-02-25", "Add two certified colleagues to reach the next level")]
    [InlineData("to=2026-02-17", "Confirm who owns your organization")]
    [InlineData("from=2026-02-24&to=2026-02-24", "Review the tax number on your invoices")]
    [InlineData("q=bank%20certificate", "")]
    [InlineData("q=certificate&due=soon", "Review the tax number on your invoices")]
    [InlineData("view=notifications&role=default_user", "Short maintenance on Sunday morning|Meet other partners at the spring gathering")]
    [InlineData("view=notifications&kind=promotional-notification", "A first look at next quarter's prices|Meet other partners at the spring gathering")]
    public async Task A_filter_keeps_what_it_names(string filter, string titles)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?{filter}");

        Assert.Equal(titles.Split('|', StringSplitOptions.RemoveEmptyEntries), TitlesOn(page));
        Assert.True(page.Has(".chips a[href='?view=actions'], .chips a[href='?view=notifications']"), "There is a way to clear the filter.");
    }

    [Fact]
    public async Task A_filter_keeps_what_is_unread()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var all = await visitor.OpenAsync($"{ActionCenter}?view=notifications");
        await visitor.OpenAsync(all.FindAll(".communication-title a")[0].GetAttribute("href")!);

        var page = await visitor.OpenAsync($"{ActionCenter}?view=notifications&unread=true");

        Assert.Equal(TitlesOn(all).Skip(1), TitlesOn(page));
    }

    [Fact]
    public async Task Each_filter_is_named_and_taken_away_by_itself()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(
            $"{ActionCenter}?q=owns&workspace=account-settings&kind=mandatory-action&due=overdue&unread=true&role=global_admin&from=2026-01-01&to=2026-03-01");

        Assert.Equal(["Confirm who owns your organization"], TitlesOn(page));
        string[] filters = ["owns", "Account settings", "Mandatory action", "Overdue", "Only unread", "Global admin", "1 January 2026", "1 March 2026"];
        Assert.Equal(filters, page.TextsOf(".chip strong"));
        foreach (var (chip, filter) in page.FindAll(".chip").Zip(filters))
            Assert.Equal(filters.Except([filter]), (await visitor.OpenAsync(ActionCenter + chip.GetAttribute("href"))).TextsOf(".chip strong"));
    }

    [Fact]
    public async Task It_goes_on_after_the_item_that_the_address_names()
    {
        var visitor = await app.SignInAsync("global-admin");
        var all = await visitor.OpenAsync(ActionCenter);
        var second = all.FindAll("input[name=ids]")[1].GetAttribute("value");

        var page = await visitor.OpenAsync($"{ActionCenter}?after={second}");

        Assert.Equal(TitlesOn(all).Skip(2), TitlesOn(page));
    }

    [Fact]
    public async Task A_filter_leaves_the_counts_of_the_tabs_alone()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?workspace=billing");

        Assert.Equal(["Actions (4)", "Notifications (4)"], page.TextsOf(".tabs a").Take(2));
    }

    [Fact]
    public async Task A_filter_that_nothing_matches_says_so()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?workspace=pricing");

        Assert.Equal("Nothing matches this filter.", page.TextOf(".empty"));
    }

    [Fact]
    public async Task A_filter_form_shows_what_it_was_set_to()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?view=notifications&workspace=pricing&kind=promotional-notification");

        Assert.Equal("pricing", page.Find("#filter-workspace option[selected]").GetAttribute("value"));
        Assert.Equal("promotional-notification", page.Find("#filter-kind option[selected]").GetAttribute("value"));
        Assert.Equal("notifications", page.Find(".list-filter input[name=view]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("view=nonsense")]
    [InlineData("workspace=nonsense&kind=nonsense")]
    [InlineData("after=-3")]
    [InlineData("after=nonsense")]
    [InlineData("after=999999")]
    [InlineData("after=99999999999999999999")]
    [InlineData("due=nonsense")]
    [InlineData("due=99")]
    [InlineData("unread=nonsense")]
    [InlineData("role=nonsense")]
    [InlineData("role=billing_admin")]
    [InlineData("from=nonsense&to=2026-02-30")]
    [InlineData("from=&to=&due=&role=&q=")]
    [InlineData("sort=nonsense&desc=nonsense")]
    [InlineData("kind=account-mail")]
    [InlineData("workspace=%27%20OR%201=1%20--&view=")]
    public async Task An_address_that_makes_no_sense_shows_the_open_actions(string query)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ActionCenter}?{query}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(4, TitlesOn(page).Count);
        Assert.DoesNotContain("Error", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_one_goes_on_over_the_page()
    {
        var visitor = await app.SignInAsync("developer");
        for (var number = 1; number <= 26; number++)
        {
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, $"News {number:00}", RoleCatalogue.Developer) with
            {
                Workspace = WorkspaceCatalogue.Insights,
                Organizations = ["harbor-apps"],
            });
        }

        var first = await visitor.OpenAsync("/o/harbor-apps/action-center?view=notifications&workspace=insights");
        var second = await visitor.OpenAsync("/o/harbor-apps/action-center" + first.Find("a[rel=next]").GetAttribute("href"));

        Assert.Equal(Enumerable.Range(2, 25).Reverse().Select(number => $"News {number:00}"), TitlesOn(first));
        Assert.False(first.Has("a[rel=prev]"));
        Assert.Equal(["News 01"], TitlesOn(second));
        Assert.False(second.Has("a[rel=next]"));
        Assert.True(second.Has("a[rel=prev]"));
    }

    [Fact]
    public async Task A_text_that_is_missing_in_my_language_is_marked_as_the_other_one()
    {
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "English only", RoleCatalogue.AccountAdmin) with { Organizations = ["lowland-digital"] });
        var visitor = await app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync("/o/lowland-digital/action-center");

        Assert.Equal("nl", page.Language);
        Assert.Equal("en", page.FindAll(".communication-title a").Single(link => link.TextContent == "English only").GetAttribute("lang"));
        Assert.Contains("Bevestig wie eigenaar is van uw organisatie", TitlesOn(page));
    }

    [Fact]
    public async Task Somebody_to_whom_nothing_was_sent_reads_that_nothing_is_open()
    {
        var visitor = await app.SignInAsync("newcomer");

        var actions = await visitor.OpenAsync(ActionCenter);
        var completed = await visitor.OpenAsync($"{ActionCenter}?view=completed");
        var archived = await visitor.OpenAsync($"{ActionCenter}?view=archived");

        Assert.Equal("No action is open. Well done. What was done stands under Completed items.", actions.TextOf(".empty"));
        Assert.Equal("Nothing has been completed yet. An action that is marked as completed moves here.", completed.TextOf(".empty"));
        Assert.Equal("Nothing is archived. What you archive moves here, and can be restored.", archived.TextOf(".empty"));
    }

    private static IReadOnlyList<string> TitlesOn(Page page) => page.TextsOf(".communication-title a");
}
