using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class VerbsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Fact]
    public async Task What_is_put_off_is_found_under_put_off_and_taken_up_again()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.RecommendedAction, "Verbs: put off");
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var after = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/snooze"), ("Until", "2026-03-20")));

        Assert.Equal("Put off. It comes back by itself.", after.TextOf("[role=status]"));
        Assert.DoesNotContain("Verbs: put off", after.Text, StringComparison.Ordinal);
        var later = await visitor.OpenAsync($"{ActionCenter}?view=snoozed");
        Assert.Contains("Put off until 20 March 2026", later.Text, StringComparison.Ordinal);
        var open = await visitor.OpenAsync($"{ActionCenter}/{id}");
        await visitor.PressAsync(open.ButtonOf($"{ActionCenter}/{id}/wake"));
        Assert.Contains("Verbs: put off", (await visitor.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_completed_is_not_put_off_any_more_for_who_had_put_it_off()
    {
        var (anna, mila) = (await app.SignInAsync("global-admin"), await app.SignInAsync("two-directories"));
        var id = await PublishForTwoAsync("Verbs: put off and done", CommunicationKind.RecommendedAction);
        await anna.PressAsync((await anna.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/snooze"), ("Until", "2026-03-20"));
        Assert.Contains("Put off until 20 March 2026", (await anna.OpenAsync($"{ActionCenter}/{id}")).TextOf("article .communication-facts"), StringComparison.Ordinal);

        await mila.PressAsync((await mila.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"));

        var page = await anna.OpenAsync($"{ActionCenter}/{id}");
        Assert.DoesNotContain("Put off until", page.TextOf("article .communication-facts"), StringComparison.Ordinal);
        Assert.False(page.PostsTo($"{ActionCenter}/{id}/wake"));
    }

    [Fact]
    public async Task What_is_archived_is_neither_put_off_nor_taken_up()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.RecommendedAction, "Verbs: put off and archived");
        await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/snooze"), ("Until", "2026-03-20"));
        await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/archive"));

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");
        var refused = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/snooze", ("Until", "2026-03-21")));

        Assert.False(page.Has("#snoozing"));
        Assert.Equal((HttpStatusCode.Conflict, "This action is archived. Restore it first."), (refused.Status, refused.TextOf(".lead")));
        Assert.Contains("Archived on", (await visitor.OpenAsync($"{ActionCenter}?view=archived")).TextOf($"tr:has(#item-{id}) td:last-child"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a day.")]
    [InlineData("2026-03-02", "Choose a day in the future.")]
    [InlineData("2026-09-01", "Choose a day within the next 90 days.")]
    public async Task A_day_that_cannot_be_is_refused_with_what_was_typed(string day, string error)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.RecommendedAction, $"Verbs: {error}");
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/snooze"), ("Until", day)));

        Assert.Contains(error, again.Text, StringComparison.Ordinal);
        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal(day, again.Find("#Until").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_mandatory_action_offers_no_putting_off_and_refuses_it()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.MandatoryAction, "Verbs: not to be put off");
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var refused = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/snooze", ("Until", "2026-03-05")));

        Assert.False(page.PostsTo($"{ActionCenter}/{id}/snooze"));
        Assert.Equal((HttpStatusCode.Conflict, "Only a recommended action can be put off."), (refused.Status, refused.TextOf(".lead")));
    }

    [Fact]
    public async Task A_colleague_is_asked_takes_it_on_and_gives_it_back()
    {
        var (anna, mila) = (await app.SignInAsync("global-admin"), await app.SignInAsync("two-directories"));
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Verbs: handed over", RoleCatalogue.GlobalAdmin) with
        {
            Roles = ["global_admin", "account_admin"],
        });
        var page = await anna.OpenAsync($"{ActionCenter}/{id}");
        var colleague = page.FindAll("#Colleague option").Single(option => option.TextContent == "Mila Jansen").GetAttribute("value");

        var asked = await anna.FollowAsync(await anna.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/hand-over"), ("Colleague", colleague), ("Message", "You know it.")));

        Assert.Equal("Handed over. Mila Jansen gets a mail.", asked.TextOf("[role=status]"));
        Assert.Equal("You asked Mila Jansen, who has not answered yet", asked.TextOf("#hand-over-state"));
        var theirs = await mila.OpenAsync($"{ActionCenter}/{id}");
        Assert.Equal("Anna Winter asks you to take this on", theirs.TextOf("#hand-over-state"));
        Assert.Contains("You know it.", theirs.Text, StringComparison.Ordinal);
        var taken = await mila.FollowAsync(await mila.PressAsync(theirs.ButtonOf($"{ActionCenter}/{id}/accept")));
        Assert.Equal("You took this on from Anna Winter", taken.TextOf("#hand-over-state"));
        Assert.Contains("Mila Jansen has taken this on", (await anna.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
        var back = await mila.FollowAsync(await mila.PressAsync(taken.ButtonOf($"{ActionCenter}/{id}/return"), ("Answer", "No time.")));
        Assert.False(back.Has("#hand-over-state"));
        Assert.Equal(
            ["Handed over by Anna Winter to Mila Jansen", "Taken on by Mila Jansen", "Given back by Mila Jansen"],
            back.TextsOf(".history li > span:first-child").Where(text => !text.StartsWith("Published", StringComparison.Ordinal) && !text.StartsWith("Read", StringComparison.Ordinal) && !text.Contains("ail to you", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_said_at_too_great_length_when_giving_back_comes_back_where_it_was_typed()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await HandedOverAsync(visitor, "Verbs: given back at length");
        var tooLong = new string('x', 1001);
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/return"), ("Answer", tooLong)));

        Assert.Equal((tooLong, ""), (again.TextOf("#Answer"), again.TextOf("#Note")));
        Assert.EndsWith("The text is too long.", again.TextOf("form[action*='/return?'] .error"), StringComparison.Ordinal);
        Assert.False(again.Has("form[action*='/complete?'] .error"));
        Assert.Equal("#Answer", again.Find(".error-summary a").GetAttribute("href"));
        Assert.True(again.Has("#hand-over-state"));
    }

    [Theory]
    [InlineData("complete", "Note")]
    [InlineData("hand-over", "Message")]
    [InlineData("return", "Answer")]
    public async Task A_line_break_counts_as_one_character_as_in_the_browser(string verb, string field)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = verb == "return" ? await HandedOverAsync(visitor, "Verbs: in two lines") : await PublishForTwoAsync($"Verbs: {verb} in two lines");
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");
        var colleague = page.FindAll("#Colleague option").Skip(1).FirstOrDefault()?.GetAttribute("value");

        await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/{verb}"), (field, $"{new string('x', 998)}\r\ny"), ("Colleague", colleague));

        Assert.Equal($"{new string('x', 998)}\ny", (await visitor.OpenAsync($"{ActionCenter}/{id}")).FindAll(".history-note")[^1].TextContent);
    }

    [Theory]
    [InlineData("billing-admin")]
    [InlineData("dutch-admin")]
    public async Task Somebody_who_does_not_see_the_action_cannot_be_asked_although_others_can(string stranger)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishForTwoAsync($"Verbs: not for {stranger}");
        var membership = await app.InDatabaseAsync(db => db.Memberships
            .Where(membership => membership.Person.SignInAddress == $"{stranger}@demo.example")
            .Select(membership => membership.Id)
            .SingleAsync());
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(
            page.ButtonOf($"{ActionCenter}/{id}/hand-over"), ("Colleague", $"{membership}"), ("Message", "You know it.")));

        Assert.Contains("Mila Jansen", page.TextOf("#Colleague"), StringComparison.Ordinal);
        Assert.EndsWith("Choose a colleague who sees this action.", again.TextOf("#Colleague-error"), StringComparison.Ordinal);
        Assert.Equal("You know it.", again.TextOf("#Message"));
        Assert.False(await app.InDatabaseAsync(db => db.HandOvers.AnyAsync(handOver => handOver.CommunicationId == id)));
    }

    [Fact]
    public async Task Where_there_is_nobody_to_ask_nobody_is_asked()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Verbs: mine alone", RoleCatalogue.BillingAdmin));
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var again = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/hand-over", ("Colleague", "1")));

        Assert.False(page.PostsTo($"{ActionCenter}/{id}/hand-over"));
        Assert.EndsWith("Choose a colleague who sees this action.", again.TextOf("#Colleague-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_completed_can_be_reopened()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.MandatoryAction, "Verbs: reopened");
        await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"));
        var completed = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var after = await visitor.FollowAsync(await visitor.PressAsync(completed.ButtonOf($"{ActionCenter}/{id}/reopen")));

        Assert.Equal("Reopened. It is among the open actions again.", after.TextOf("[role=status]"));
        Assert.Contains("Verbs: reopened", (await visitor.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_leads_to_what_stands_before_and_after_it_in_the_same_list()
    {
        var visitor = await app.SignInAsync("agent");
        string[] titles = ["Verbs: one", "Verbs: two", "Verbs: three"];
        foreach (var title in titles)
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, title, RoleCatalogue.SalesAgent));
        var list = await visitor.OpenAsync($"{ActionCenter}?view=notifications&q=Verbs&sort=title");
        Assert.Equal(["Verbs: one", "Verbs: three", "Verbs: two"], list.TextsOf(".communication-title a"));

        var middle = await visitor.OpenAsync(list.FindAll(".communication-title a")[1].GetAttribute("href")!);

        Assert.Equal("Verbs: three", middle.Heading);
        Assert.Equal("Verbs: one", (await visitor.OpenAsync(middle.Find("a[rel=prev]").GetAttribute("href")!)).Heading);
        var last = await visitor.OpenAsync(middle.Find("a[rel=next]").GetAttribute("href")!);
        Assert.Equal("Verbs: two", last.Heading);
        Assert.False(last.Has("a[rel=next]"));
    }

    [Fact]
    public async Task Opened_from_the_bell_or_a_mail_a_notification_stands_among_the_notifications()
    {
        var visitor = await app.SignInAsync("referrals");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Verbs: an action", RoleCatalogue.ReferralsUser));
        var older = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Verbs: older news", RoleCatalogue.ReferralsUser));
        var newer = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Verbs: newer news", RoleCatalogue.ReferralsUser));

        var page = await visitor.OpenAsync($"{ActionCenter}/{newer}");

        Assert.False(page.Has("a[rel=prev]"));
        Assert.Equal($"{ActionCenter}/{older}?view=notifications", page.Find("a[rel=next]").GetAttribute("href"));
    }

    [Theory]
    [InlineData(CommunicationKind.PromotionalNotification, null, "notifications")]
    [InlineData(CommunicationKind.RecommendedAction, null, "actions")]
    [InlineData(CommunicationKind.RecommendedAction, "complete", "completed")]
    [InlineData(CommunicationKind.RecommendedAction, "archive", "archived")]
    [InlineData(CommunicationKind.PromotionalNotification, "archive", "archived")]
    [InlineData(CommunicationKind.RecommendedAction, "snooze", "snoozed")]
    public async Task Opened_from_elsewhere_it_leads_back_to_the_list_where_it_is_found(CommunicationKind kind, string? verb, string view)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(kind, $"Verbs: {kind} to {verb}");
        await visitor.OpenAsync(ActionCenter);
        if (verb is not null)
            await visitor.ForgeAsync($"{ActionCenter}/{id}/{verb}", ("Until", "2026-03-10"));

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal($"{ActionCenter}?view={view}", page.Find(".item-nav a:first-child").GetAttribute("href"));
    }

    [Theory]
    [InlineData("complete", "Note")]
    [InlineData("snooze", "Nothing")]
    [InlineData("hand-over", "Message")]
    public async Task A_form_that_comes_back_with_mistakes_has_not_forgotten_the_list(string verb, string field)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishForTwoAsync($"Verbs: mistaken {verb}", CommunicationKind.RecommendedAction);
        var list = $"?view=actions&q=mistaken%20{verb}&sort=title&desc=true";
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}{list}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/{verb}"), (field, new string('x', 1001))));

        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal(ActionCenter + list, again.Find(".item-nav a:first-child").GetAttribute("href"));
        var done = await visitor.PressAsync(again.ButtonOf($"{ActionCenter}/{id}/complete"), ("Note", ""));
        Assert.Equal(ActionCenter + list, done.LocationOf());
    }

    [Fact]
    public async Task Handing_an_action_over_and_back_does_not_forget_the_list()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishForTwoAsync("Verbs: over and back");
        var address = $"{ActionCenter}/{id}?view=actions&q=over";
        var page = await visitor.OpenAsync(address);
        var colleague = page.FindAll("#Colleague option").Single(option => option.TextContent == "Mila Jansen").GetAttribute("value");

        var asked = await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/hand-over"), ("Colleague", colleague));
        var back = await visitor.PressAsync((await visitor.FollowAsync(asked)).ButtonOf($"{ActionCenter}/{id}/return"));

        Assert.Equal((address, address), (asked.LocationOf(), back.LocationOf()));
    }

    [Fact]
    public async Task The_page_says_whom_it_is_addressed_to_and_what_happened_to_it()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.TransactionalNotification, "Verbs: history");
        await visitor.OpenAsync($"{ActionCenter}/{id}");

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Contains("Global admin of your organization", page.TextsOf(".facts li"));
        Assert.Contains(page.TextsOf(".history li > span:first-child"), text => text.StartsWith("Published by", StringComparison.Ordinal));
        Assert.Contains("Read by you", page.TextsOf(".history li > span:first-child"));
        Assert.EndsWith($"{ActionCenter}/{id}", page.Find("#share").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bell_shows_what_there_is_about_the_workspace_at_hand_first()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/workspaces/billing");
        var home = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal("About Billing", page.TextOf("#bell-here"));
        Assert.Contains("Review the tax number on your invoices", page.TextsOf("section[aria-labelledby=bell-here] .bell-title"));
        Assert.False(home.Has("#bell-here"));
        Assert.Contains("Mail goes to", page.TextOf(".menu-panel--wide > .quiet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bell_that_is_asked_for_alone_lets_only_that_be_archived_which_may_be_and_leads_back_to_its_page()
    {
        var visitor = await app.SignInAsync("global-admin");
        await PublishAsync(CommunicationKind.TransactionalNotification, "Verbs: from the bell alone");
        const string page = "/o/alpine-cloud/my-access?from=bell";
        var address = (await visitor.OpenAsync(page)).Find("[data-bell]").GetAttribute("data-bell")!;

        var bell = await AloneAsync(visitor, address);

        Assert.Empty(bell.QuerySelectorAll("section[aria-labelledby=bell-critical] form"));
        Assert.Equal(address, bell.QuerySelector("[data-bell]")!.GetAttribute("data-bell"));
        Assert.Equal(page, (await visitor.PressAsync(bell.QuerySelector("section[aria-labelledby=bell-news] form button")!)).LocationOf());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/o/lowland-digital")]
    public async Task The_bell_that_is_asked_for_alone_leads_back_to_this_organization_and_nowhere_else(string back)
    {
        var visitor = await app.SignInAsync("global-admin");
        await PublishAsync(CommunicationKind.TransactionalNotification, $"Verbs: back to {back}");
        await visitor.OpenAsync(ActionCenter);

        var bell = await AloneAsync(visitor, $"{ActionCenter}/bell?back={Uri.EscapeDataString(back)}");

        Assert.Equal(ActionCenter, (await visitor.PressAsync(bell.QuerySelector("section[aria-labelledby=bell-news] form button")!)).LocationOf());
    }

    private static async Task<IHtmlDocument> AloneAsync(Visitor visitor, string address) =>
        new HtmlParser().ParseDocument(await (await visitor.GetAsync(address)).Content.ReadAsStringAsync());

    private async Task<long> HandedOverAsync(Visitor giver, string title)
    {
        var id = await PublishForTwoAsync(title);
        var page = await giver.OpenAsync($"{ActionCenter}/{id}");
        var colleague = page.FindAll("#Colleague option").Single(option => option.TextContent == "Mila Jansen").GetAttribute("value");
        await giver.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/hand-over"), ("Colleague", colleague));
        return id;
    }

    // Anna Winter and Mila Jansen see it.
    private Task<long> PublishForTwoAsync(string title, CommunicationKind kind = CommunicationKind.MandatoryAction) => app.PublishAsync(
        Drafts.ForAlpine(kind, title, RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "account_admin"] });

    private Task<long> PublishAsync(CommunicationKind kind, string title) => app.PublishAsync(Drafts.ForAlpine(kind, title, RoleCatalogue.GlobalAdmin));
}
