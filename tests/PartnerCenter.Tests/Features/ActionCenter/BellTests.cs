using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class BellTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud";

    [Fact]
    public async Task It_shows_what_is_critical_before_the_news()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Home);

        var bell = Bell.On(page);
        Assert.Equal(["Confirm who owns your organization", "Review the tax number on your invoices"], bell.Critical);
        Assert.Equal("Short maintenance on Sunday morning", bell.News[0]);
        Assert.True(page.Html.IndexOf("bell-critical", StringComparison.Ordinal) < page.Html.IndexOf("bell-news", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_leads_to_the_Action_Center_and_to_my_preferences()
    {
        var visitor = await app.ArriveAsync("newcomer");

        var page = await visitor.OpenAsync(Home);

        Assert.Equal(
            ["Go to Action Center", "My preferences", "Announcements"],
            page.FindAll(".menu-foot a").Select(link => link.TextContent));
        Assert.Equal(
            [$"{Home}/action-center", $"{Home}/my-preferences", $"{Home}/action-center/announcements"],
            page.FindAll(".menu-foot a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task It_stands_on_every_page_and_looking_at_it_marks_nothing_as_read()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var before = Bell.On(await visitor.OpenAsync(Home));

        var again = Bell.On(await visitor.OpenAsync($"{Home}/my-access"));

        Assert.Equal(before.Badge, again.Badge);
        Assert.Equal(5, again.Badge);
        Assert.Equal(before.News, again.News);
    }

    [Fact]
    public async Task What_it_archives_beside_a_form_with_mistakes_leads_to_where_a_page_is()
    {
        var visitor = await app.SignInAsync("program-admin");
        var action = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Said too much", RoleCatalogue.PartnerProgramAdmin));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "News beside it", RoleCatalogue.PartnerProgramAdmin));
        var complete = (await visitor.OpenAsync($"{Home}/action-center/{action}")).ButtonOf($"{Home}/action-center/{action}/complete");
        var mistaken = await visitor.ReadAsync(await visitor.PressAsync(complete, ("Note", new string('x', 1001))));

        var answer = await visitor.PressAsync(mistaken.FindAll("section[aria-labelledby=bell-news] form button")[0]);

        Assert.Equal($"{Home}/action-center", answer.LocationOf());
    }

    [Fact]
    public async Task It_rings_for_what_was_published_a_moment_ago()
    {
        var visitor = await app.SignInAsync("referrals");
        var before = Bell.On(await visitor.OpenAsync(Home));

        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Hot off the press", RoleCatalogue.ReferralsUser));

        var after = Bell.On(await visitor.OpenAsync(Home));
        Assert.Equal(before.Badge + 1, after.Badge);
        Assert.Equal("Hot off the press", after.News[0]);
    }

    [Fact]
    public async Task Marking_all_as_read_leaves_the_open_mandatory_actions()
    {
        var visitor = await app.SignInAsync("agent");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Still to be done", RoleCatalogue.SalesAgent));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Could be done", RoleCatalogue.SalesAgent));
        var page = await visitor.OpenAsync($"{Home}/action-center");

        var after = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{Home}/action-center/read-all")));

        Assert.Equal("Everything is marked as read.", after.TextOf("[role=status]"));
        Assert.Equal(2, Bell.On(after).Badge);
        Assert.Contains("Could be done", after.Text, StringComparison.Ordinal);
        Assert.False(after.Has(".communication--unread"));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "New afterwards", RoleCatalogue.SalesAgent));
        Assert.Equal(3, Bell.On(await visitor.OpenAsync(Home)).Badge);
    }

    [Fact]
    public async Task Marking_all_as_read_in_one_directory_leaves_the_other_one()
    {
        var visitor = await app.SignInAsync("two-directories");
        var page = await visitor.OpenAsync($"{Home}/action-center");
        var there = Bell.On(await visitor.OpenAsync("/o/lowland-digital")).Badge;

        await visitor.PressAsync(page.ButtonOf($"{Home}/action-center/read-all"));

        Assert.NotEqual(0, there);
        Assert.Equal(there, Bell.On(await visitor.OpenAsync("/o/lowland-digital")).Badge);
    }

    [Fact]
    public async Task It_shows_at_most_99()
    {
        var visitor = await app.SignInAsync("marketer");
        for (var number = 1; number <= 100; number++)
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, $"News {number}", RoleCatalogue.Marketer) with { Organizations = ["harbor-apps"] });

        var page = await visitor.OpenAsync("/o/harbor-apps");

        Assert.Equal("99+", page.TextOf(".header-tools .count"));
        Assert.Contains("99+ waiting", page.TextOf(".header-tools details:has(.menu-panel--wide) > summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_menu_shows_what_waits_in_each_directory()
    {
        var visitor = await app.SignInAsync("two-directories");

        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Waits at Alpine", RoleCatalogue.IncentivesUser));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Waits at Lowland", RoleCatalogue.UserManagementAdmin) with { Organizations = ["lowland-digital"] });

        var lowland = await visitor.OpenAsync("/o/lowland-digital");
        var alpine = await visitor.OpenAsync(Home);

        Assert.Equal([$"Alpine Cloud {Bell.On(alpine).Badge} waiting", $"Lowland Digital {Bell.On(lowland).Badge} waiting"], Directories(lowland));
        Assert.Equal(Directories(lowland), Directories(alpine));
        Assert.Equal("Lowland Digital", lowland.TextOf(".header-directory"));
    }

    private static IEnumerable<string> Directories(Page page) => page.TextsOf(".directory a")
        .Where(text => text.EndsWith("waiting", StringComparison.Ordinal));
}
