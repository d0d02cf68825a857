using System.Net;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class CompletingTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Fact]
    public async Task It_moves_an_action_to_the_completed_ones_with_the_note()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Sign the agreement", RoleCatalogue.GlobalAdmin));
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var answer = await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/complete"), ("Note", "Signed on <Friday>."));

        var after = await visitor.FollowAsync(answer);
        Assert.Equal("Completed. You find it under Completed items.", after.TextOf("[role=status]"));
        Assert.Equal(Bell.On(page).Badge - 1, Bell.On(after).Badge);
        Assert.DoesNotContain("Sign the agreement", after.Text, StringComparison.Ordinal);
        var completed = await visitor.OpenAsync($"{ActionCenter}?view=completed");
        Assert.Contains("Sign the agreement", completed.Text, StringComparison.Ordinal);
        Assert.Equal("Signed on <Friday>.", (await visitor.OpenAsync($"{ActionCenter}/{id}")).TextOf(".preserve"));
    }

    [Fact]
    public async Task It_is_done_for_the_organization_and_colleagues_see_by_whom()
    {
        var (anna, mila) = (await app.SignInAsync("global-admin"), await app.SignInAsync("two-directories"));
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "One does it for all", RoleCatalogue.GlobalAdmin) with
        {
            Roles = ["global_admin", "account_admin"],
        });
        Assert.Contains("One does it for all", (await mila.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);

        await anna.PressAsync((await anna.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"), ("Note", "All good"));

        Assert.DoesNotContain("One does it for all", (await mila.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
        var page = await mila.OpenAsync($"{ActionCenter}/{id}");
        Assert.Equal("Completed by Anna Winter on 2 March 2026", page.TextOf(".done"));
        Assert.Equal("All good", page.TextOf(".preserve"));
        Assert.False(page.PostsTo($"{ActionCenter}/{id}/complete"));
    }

    [Fact]
    public async Task What_everybody_does_for_themselves_stays_open_for_the_others()
    {
        var (carla, elena) = (await app.SignInAsync("agent"), await app.SignInAsync("program-admin"));
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Each one for themselves", RoleCatalogue.AdminAgent) with
        {
            Roles = ["admin_agent", "security_administrator"],
            Completion = "person",
        });

        await carla.PressAsync((await carla.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"));

        Assert.DoesNotContain("Each one for themselves", (await carla.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
        Assert.Contains("Each one for themselves", (await carla.OpenAsync($"{ActionCenter}?view=completed")).Text, StringComparison.Ordinal);
        Assert.Contains("Each one for themselves", (await elena.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
        Assert.True((await elena.OpenAsync($"{ActionCenter}/{id}")).PostsTo($"{ActionCenter}/{id}/complete"));
    }

    [Fact]
    public async Task One_organization_s_completion_leaves_another_one_s_action_open()
    {
        var (anna, sanne) = (await app.SignInAsync("global-admin"), await app.SignInAsync("dutch-admin"));
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "In every organization", RoleCatalogue.GlobalAdmin) with { Organizations = null });

        await anna.PressAsync((await anna.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"));

        Assert.Contains("In every organization", (await sanne.OpenAsync("/o/lowland-digital/action-center")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_is_too_long_comes_back_with_what_was_typed()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Say it briefly", RoleCatalogue.GlobalAdmin));
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");
        var tooLong = new string('x', 1001);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/complete"), ("Note", tooLong)));

        Assert.Equal("Say it briefly", again.Heading);
        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal(tooLong, again.TextOf("textarea[name=Note]"));
        Assert.Contains("The text is too long.", again.Text, StringComparison.Ordinal);
        Assert.Contains("Say it briefly", (await visitor.OpenAsync(ActionCenter)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_of_a_thousand_characters_is_kept()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Say it at length", RoleCatalogue.GlobalAdmin));
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        await visitor.PressAsync(page.ButtonOf($"{ActionCenter}/{id}/complete"), ("Note", new string('x', 1000)));

        Assert.Equal(new string('x', 1000), (await visitor.OpenAsync($"{ActionCenter}/{id}")).TextOf(".preserve"));
    }

    [Fact]
    public async Task A_notification_offers_no_completing_and_refuses_it()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Only news", RoleCatalogue.GlobalAdmin));
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        var refused = await visitor.ReadAsync(await visitor.ForgeAsync($"{ActionCenter}/{id}/complete"));

        Assert.False(page.PostsTo($"{ActionCenter}/{id}/complete"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_that_it_is_done_and_the_first_one_s_name_stays()
    {
        var (anna, mila) = (await app.SignInAsync("global-admin"), await app.SignInAsync("two-directories"));
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Two are at it", RoleCatalogue.GlobalAdmin) with
        {
            Roles = ["global_admin", "account_admin"],
        });
        var button = (await mila.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete");
        await anna.PressAsync((await anna.OpenAsync($"{ActionCenter}/{id}")).ButtonOf($"{ActionCenter}/{id}/complete"));

        var answer = await mila.ReadAsync(await mila.PressAsync(button));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("Anna Winter completed this on 2 March 2026, 09:00 UTC.", answer.TextOf(".lead"));
        Assert.Equal("Completed by Anna Winter on 2 March 2026", (await mila.OpenAsync($"{ActionCenter}/{id}")).TextOf(".done"));
    }
}
