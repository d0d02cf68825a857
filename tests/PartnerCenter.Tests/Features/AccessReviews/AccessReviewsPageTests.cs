using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.AccessReviews;

public sealed class AccessReviewsPageTests : IAsyncLifetime, IDisposable
{
    private const string Reviews = "/o/alpine-cloud/account-settings/access-reviews";

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_review_is_started_from_the_list_and_shows_every_grant_with_two_buttons()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var review = await StartAsync(visitor, "workspace/billing");

        Assert.Equal("Access review of the workspace Billing", review.Heading);
        Assert.Equal("0 of 5 decided", review.TextOf("#progress"));
        Assert.Equal(5, review.FindAll("tbody tr").Count);
        Assert.Contains(review.TextsOf("tbody td"), cell => cell == "Billing adminEntire organization" || cell == "Billing admin Entire organization");
        Assert.Equal(10, review.FindAll("tbody button").Count);
        Assert.Contains("0 of 5 decided", (await visitor.OpenAsync(Reviews)).TextOf("tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeping_and_removing_is_one_click_each_and_counts_on_the_next_request()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var agent = await _app.SignInAsync("agent");
        var review = await StartAsync(visitor, "role/admin_agent");
        var address = review.FindAll("tbody form")[1].GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.OK, (await agent.OpenAsync("/o/alpine-cloud/account-settings/activity-log")).Status);

        var after = await visitor.FollowAsync(await visitor.PressAsync(review.ButtonOf(address)));

        Assert.Equal("The role is taken away.", after.TextOf(".flash"));
        Assert.Equal("1 of 1 decided", after.TextOf("#progress"));
        Assert.Equal("Removed", after.TextOf("tbody .pill"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.OpenAsync("/o/alpine-cloud/account-settings/activity-log")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.PressAsync(review.ButtonOf(address))).StatusCode);
    }

    [Fact]
    public async Task What_the_reviewer_may_not_decide_has_no_live_button_and_says_why()
    {
        var admin = await _app.SignInAsync("global-admin");
        var review = await StartAsync(admin, "role/global_admin");
        var visitor = await _app.SignInAsync("program-admin");

        var page = await visitor.OpenAsync(review.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        var forged = await visitor.ForgeAsync(page.FindAll("tbody form")[1].GetAttribute("action")!);

        Assert.All(page.FindAll("tbody button"), button => Assert.True(button.HasAttribute("disabled")));
        Assert.Equal("None of your roles may take away the role Global admin.", page.TextOf("tbody .hint"));
        Assert.Equal(HttpStatusCode.Conflict, forged.StatusCode);
    }

    [Fact]
    public async Task The_last_global_admin_stays_and_the_page_says_the_rules_own_sentence()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var review = await StartAsync(visitor, "role/global_admin");

        var refused = await visitor.ReadAsync(await visitor.PressAsync(review.ButtonOf(review.FindAll("tbody form")[1].GetAttribute("action")!)));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(Reviews)).Status);
    }

    [Fact]
    public async Task A_grant_that_went_otherwise_says_so()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var first = await StartAsync(visitor, "role/admin_agent");
        var second = await StartAsync(visitor, "role/admin_agent");
        await visitor.PressAsync(first.ButtonOf(first.FindAll("tbody form")[1].GetAttribute("action")!));

        var page = await visitor.OpenAsync(second.Answer.RequestMessage!.RequestUri!.AbsolutePath);

        Assert.Equal("Gone by now: taken away or ended since the review began.", page.TextsOf("tbody td")[^1]);
        Assert.False(page.Has("tbody button"));
    }

    [Theory]
    [InlineData("", "Choose either a role or a workspace.")]
    [InlineData("role/default_user", "Choose either a role or a workspace.")]
    [InlineData("role/cpv_admin", "Nobody holds such a role now, so there is nothing to review.")]
    public async Task What_cannot_be_reviewed_is_said_at_the_field(string of, string sentence)
    {
        var visitor = await _app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Reviews);

        var refused = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Reviews), ("Of", of)));

        Assert.EndsWith(sentence, refused.TextOf("#Of-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_evidence_says_who_decided_what_and_when()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var review = await StartAsync(visitor, "role/admin_agent");
        var address = review.Answer.RequestMessage!.RequestUri!.AbsolutePath;
        await visitor.PressAsync(review.ButtonOf(review.FindAll("tbody form")[0].GetAttribute("action")!));
        var closed = await visitor.FollowAsync(await visitor.PressAsync(review.ButtonOf($"{address}/close")));
        Assert.False(closed.PostsTo($"{address}/close"));

        var text = await (await visitor.GetAsync($"{address}/evidence")).Content.ReadAsStringAsync();

        Assert.EndsWith(
            "Anna Winter,2026-03-02 09:00:00,Anna Winter,2026-03-02 09:00:00,Carla Moser,agent@demo.example,admin_agent,Admin agent,"
            + "Entire organization,Anna Winter,2025-07-02 09:00:00,,Keep,Anna Winter,2026-03-02 09:00:00\r\n",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_of_another_organization_is_not_there()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var review = await StartAsync(visitor, "role/admin_agent");
        var id = review.Answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
        var item = await _app.InDatabaseAsync(db => db.AccessReviews.SelectMany(row => row.Items).Select(row => row.Id).SingleAsync());
        var foreigner = await _app.SignInAsync("dutch-admin");
        const string theirs = "/o/lowland-digital/account-settings/access-reviews";
        await foreigner.OpenAsync(theirs);

        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.OpenAsync($"{theirs}/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetAsync($"{theirs}/{id}/evidence")).StatusCode);
        foreach (var verb in new[] { $"grants/{item}/keep", $"grants/{item}/remove", "close" })
            Assert.Equal(HttpStatusCode.NotFound, (await foreigner.ForgeAsync($"{theirs}/{id}/{verb}")).StatusCode);
    }

    [Fact]
    public async Task Whoever_assigns_no_roles_reviews_none()
    {
        var visitor = await _app.SignInAsync("billing-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(Reviews)).Status);
    }

    private static async Task<Page> StartAsync(Visitor visitor, string of)
    {
        var page = await visitor.OpenAsync(Reviews);
        return await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf(Reviews), ("Of", of)));
    }
}
