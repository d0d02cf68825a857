using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class BatchTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Fact]
    public async Task It_says_what_was_done_what_stays_and_why_and_can_be_undone()
    {
        var visitor = await app.SignInAsync("global-admin");
        var recommended = await PublishAsync(CommunicationKind.RecommendedAction, "Batch: recommended");
        var mandatory = await PublishAsync(CommunicationKind.MandatoryAction, "Batch: mandatory");
        var list = await visitor.OpenAsync(ActionCenter);

        var after = await DoAsync(visitor, list, "Archive", recommended, mandatory);

        Assert.Equal("1 archived. 1 stays as it is: A mandatory action can't be archived. It leaves this list when it is completed.", after.TextOf("[role=status]"));
        Assert.DoesNotContain("Batch: recommended", after.Text, StringComparison.Ordinal);
        Assert.Contains("Batch: mandatory", after.Text, StringComparison.Ordinal);
        var undone = await visitor.FollowAsync(await visitor.PressAsync(after.Find(".flash button")));
        Assert.Equal("1 restored.", undone.TextOf("[role=status]"));
        Assert.Contains("Batch: recommended", undone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_of_one_and_of_many()
    {
        var visitor = await app.SignInAsync("global-admin");
        long[] mandatory = [await PublishAsync(CommunicationKind.MandatoryAction, "Batch: one"), await PublishAsync(CommunicationKind.MandatoryAction, "Batch: another")];
        var list = await visitor.OpenAsync(ActionCenter);

        var after = await DoAsync(visitor, list, "Archive", [.. mandatory, 4711, 4712]);

        Assert.StartsWith("2 stay as they are: ", after.TextOf("[role=status]"), StringComparison.Ordinal);
        Assert.EndsWith(" 2 are not there any more.", after.TextOf("[role=status]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_directory_s_page_offers_no_undo_of_it()
    {
        var visitor = await app.SignInAsync("two-directories");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Batch: of Alpine", RoleCatalogue.AccountAdmin));
        var list = await visitor.OpenAsync(ActionCenter);
        await visitor.PressAsync(list.Find("#batch button[value=Archive]"), ("ids", $"{id}"));

        var otherTab = await visitor.OpenAsync("/o/lowland-digital/action-center");

        Assert.Equal("1 archived.", otherTab.TextOf("[role=status]"));
        Assert.False(otherTab.Has(".flash form"));
    }

    [Fact]
    public async Task A_later_message_does_not_offer_to_undo_an_earlier_one()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.RecommendedAction, "Batch: undone no more");
        var list = await visitor.OpenAsync(ActionCenter);
        await visitor.PressAsync(list.Find("#batch button[value=Archive]"), ("ids", $"{id}"));

        var after = await visitor.FollowAsync(await visitor.PressAsync(list.ButtonOf($"{ActionCenter}/read-all")));

        Assert.Equal("Everything is marked as read.", after.TextOf("[role=status]"));
        Assert.False(after.Has(".flash form"));
    }

    [Fact]
    public async Task Nothing_chosen_is_said_and_changes_nothing()
    {
        var visitor = await app.SignInAsync("global-admin");
        var list = await visitor.OpenAsync($"{ActionCenter}?view=notifications");

        var after = await DoAsync(visitor, list, "Archive");

        Assert.Equal("Choose at least one item first.", after.TextOf("[role=status]"));
        Assert.False(after.Has(".flash form"));
    }

    [Fact]
    public async Task Read_and_unread_change_the_badge()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.PromotionalNotification, "Batch: news");
        var list = await visitor.OpenAsync($"{ActionCenter}?view=notifications");

        var read = await DoAsync(visitor, list, "Read", id);
        var unread = await DoAsync(visitor, read, "MarkUnread", id);

        Assert.Equal((Bell.On(list).Badge - 1, Bell.On(list).Badge), (Bell.On(read).Badge, Bell.On(unread).Badge));
    }

    [Fact]
    public async Task Taking_back_that_items_are_read_leaves_alone_what_was_read_before()
    {
        var visitor = await app.SignInAsync("global-admin");
        var (read, unread) = (await PublishAsync(CommunicationKind.PromotionalNotification, "Batch: read"), await PublishAsync(CommunicationKind.PromotionalNotification, "Batch: unread"));
        var list = await DoAsync(visitor, await visitor.OpenAsync($"{ActionCenter}?view=notifications"), "Read", read);

        var both = await DoAsync(visitor, list, "Read", read, unread);
        var undone = await visitor.FollowAsync(await visitor.PressAsync(both.Find(".flash button")));

        Assert.Equal("2 marked as read.", both.TextOf("[role=status]"));
        Assert.Equal("1 marked as unread.", undone.TextOf("[role=status]"));
        Assert.Equal(Bell.On(list).Badge, Bell.On(undone).Badge);
    }

    [Fact]
    public async Task What_is_not_mine_is_counted_and_not_named()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var foreign = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Batch: for agents", RoleCatalogue.AdminAgent));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Batch: mine", RoleCatalogue.BillingAdmin));
        var list = await visitor.OpenAsync(ActionCenter);

        var after = await DoAsync(visitor, list, "Archive", foreign);

        Assert.Equal("1 is not there any more.", after.TextOf("[role=status]"));
    }

    [Theory]
    [InlineData("Complete")]
    [InlineData("HandOver")]
    [InlineData("nonsense")]
    [InlineData("99")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_a_batch_cannot_do_is_refused_and_touches_nothing(string? verb)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await PublishAsync(CommunicationKind.RecommendedAction, $"Batch: not by {verb}");
        await visitor.OpenAsync(ActionCenter);

        var answer = await visitor.ForgeAsync($"{ActionCenter}/batch", [("ids", $"{id}"), .. verb is null ? [] : new[] { ("verb", verb) }]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await app.InDatabaseAsync(db => db.MemberStates.AnyAsync(state => state.CommunicationId == id)));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/o/alpine-cloud-evil")]
    [InlineData("/\\evil.example")]
    public async Task It_leads_back_to_this_organization_and_nowhere_else(string back)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(ActionCenter);

        var answer = await visitor.ForgeAsync($"{ActionCenter}/read-all", ("back", back));

        Assert.Equal(ActionCenter, answer.LocationOf());
    }

    private static async Task<Page> DoAsync(Visitor visitor, Page list, string verb, params long[] ids) =>
        await visitor.FollowAsync(await visitor.PressAsync(list.Find($"#batch button[value={verb}]"), [.. ids.Select(id => ("ids", (string?)$"{id}"))]));

    private Task<long> PublishAsync(CommunicationKind kind, string title) => app.PublishAsync(Drafts.ForAlpine(kind, title, RoleCatalogue.GlobalAdmin));
}
