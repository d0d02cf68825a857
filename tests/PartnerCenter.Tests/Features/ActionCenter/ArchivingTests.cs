using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class ArchivingTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Theory]
    [InlineData(CommunicationKind.RecommendedAction, "actions")]
    [InlineData(CommunicationKind.TransactionalNotification, "notifications")]
    [InlineData(CommunicationKind.PromotionalNotification, "notifications")]
    public async Task It_moves_an_item_to_the_archived_ones(CommunicationKind kind, string view)
    {
        var visitor = await app.SignInAsync("global-admin");
        var title = $"To archive: {kind}";
        var id = await app.PublishAsync(Drafts.ForAlpine(kind, title, RoleCatalogue.GlobalAdmin));
        var list = await visitor.OpenAsync($"{ActionCenter}?view={view}");
        var badge = Bell.On(list).Badge;

        var answer = await visitor.PressAsync(list.Find("#batch button[value=Archive]"), ("Ids", $"{id}"));

        Assert.Equal($"{ActionCenter}?view={view}", answer.LocationOf());
        var after = await visitor.FollowAsync(answer);
        Assert.Equal("1 archived.", after.TextOf("[role=status]"));
        Assert.Equal(badge - 1, Bell.On(after).Badge);
        Assert.DoesNotContain(title, (await visitor.OpenAsync($"{ActionCenter}?view={view}")).Text, StringComparison.Ordinal);
        Assert.Contains(title, (await visitor.OpenAsync($"{ActionCenter}?view=archived")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_archived_can_be_restored()
    {
        var visitor = await app.SignInAsync("agent");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "There and back", RoleCatalogue.AdminAgent));
        await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/archive"));
        var archived = await visitor.OpenAsync($"{ActionCenter}/{id}");

        await visitor.PressAsync(archived.ButtonOf($"{ActionCenter}/{id}/restore"));

        Assert.Contains("You archived this on 2 March 2026.", archived.Text, StringComparison.Ordinal);
        Assert.Contains("There and back", (await visitor.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
        Assert.Equal("Nothing is archived. What you archive moves here, and can be restored.", (await visitor.OpenAsync($"{ActionCenter}?view=archived")).TextOf(".empty"));
    }

    [Fact]
    public async Task What_is_archived_stands_with_the_latest_first_and_can_be_sorted()
    {
        var visitor = await app.SignInAsync("referrals");
        foreach (var title in new[] { "Sorted: B", "Sorted: A", "Sorted: C" })
        {
            var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, title, RoleCatalogue.ReportViewer));
            await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/archive"));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var archived = await visitor.OpenAsync($"{ActionCenter}?view=archived");
        var oldest = await visitor.OpenAsync(ActionCenter + SortOf(archived, "Archived"));
        var byTitle = await visitor.OpenAsync(ActionCenter + SortOf(archived, "Title"));
        var turned = await visitor.OpenAsync(ActionCenter + SortOf(byTitle, "Title"));

        Assert.Equal(("descending", "Sorted: C, Sorted: A, Sorted: B"), SortedOn(archived));
        Assert.Equal(("ascending", "Sorted: B, Sorted: A, Sorted: C"), SortedOn(oldest));
        Assert.Equal(("ascending", "Sorted: A, Sorted: B, Sorted: C"), SortedOn(byTitle));
        Assert.Equal(("descending", "Sorted: C, Sorted: B, Sorted: A"), SortedOn(turned));

        static string? SortOf(Page page, string column) => page.FindAll(".communications th a").Single(link => link.TextContent.Trim() == column).GetAttribute("href");

        static (string?, string) SortedOn(Page page) =>
            (page.Find("th[aria-sort]").GetAttribute("aria-sort"), string.Join(", ", page.TextsOf(".communication-title a").Where(title => title.StartsWith("Sorted: ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task It_concerns_nobody_but_me()
    {
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "Mine to archive", RoleCatalogue.DefaultUser));
        var (visitor, colleague) = (await app.SignInAsync("helpdesk"), await app.SignInAsync("newcomer"));

        await visitor.PressAsync((await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/archive"));

        Assert.Contains("Mine to archive", (await colleague.OpenAsync($"{ActionCenter}?view=notifications")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_mandatory_action_has_no_control_for_it_and_says_why()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "No way round it", RoleCatalogue.BillingAdmin));

        var list = await visitor.OpenAsync(ActionCenter);
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.False(list.PostsTo($"{ActionCenter}/{id}/archive"));
        Assert.False(page.PostsTo($"{ActionCenter}/{id}/archive"));
        Assert.Contains("mandatory action", page.TextOf("section[aria-labelledby=archiving] p"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_open_mandatory_action_refuses_it_with_the_reason()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "No way round it either", RoleCatalogue.BillingAdmin));
        var said = (await visitor.OpenAsync($"{ActionCenter}/{id}")).TextOf("section[aria-labelledby=archiving] p");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/archive"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal(said, page.TextOf(".lead"));
        Assert.False(await app.InDatabaseAsync(db => db.MemberStates.AnyAsync(state => state.CommunicationId == id && state.ArchivedAt != null)));
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("restore")]
    [InlineData("complete")]
    public async Task What_is_not_for_me_cannot_be_touched(string verb)
    {
        var visitor = await app.SignInAsync("billing-admin");
        await visitor.OpenAsync(ActionCenter);
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "For agents", RoleCatalogue.AdminAgent));

        var foreign = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/{verb}"));
        var unknown = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/999999/{verb}"));

        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(Anonymous.Html(unknown), Anonymous.Html(foreign));
        Assert.False(await app.InDatabaseAsync(db => db.MemberStates.AnyAsync(state => state.CommunicationId == id)));
    }

    [Fact]
    public async Task Doing_it_twice_is_no_fault()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "Archived in two tabs", RoleCatalogue.GlobalAdmin));
        var button = (await visitor.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/archive");
        await visitor.PressAsync(button);

        var answer = await visitor.PressAsync(button);

        Assert.Equal($"{ActionCenter}?view=notifications", answer.LocationOf());
    }
}
