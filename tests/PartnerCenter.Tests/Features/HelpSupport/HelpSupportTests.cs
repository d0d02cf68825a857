using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.HelpSupport;

public sealed class HelpSupportTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud/help-support";

    [Fact]
    public async Task It_shows_my_requests_and_leads_to_a_new_one()
    {
        var visitor = await app.SignInAsync("newcomer");
        var before = await visitor.OpenAsync(Home);
        Assert.True(before.Has("[aria-labelledby=requests] .empty"));

        var form = await visitor.OpenAsync($"{Home}/requests/new?Summary=A+question&Workspace=action-center&Type=Question");
        await visitor.PressAsync(form.ButtonOf($"{Home}/requests/new"), ("Details", "What is it?"));

        var page = await visitor.OpenAsync(Home);
        Assert.Equal("Help + support", page.Heading);
        Assert.Equal(["A question"], page.TextsOf(".support-list a"));
        Assert.Equal(["Open"], page.TextsOf(".support-list .pill"));
        Assert.Contains("has come in: A question", page.TextOf("[aria-labelledby=open]"), StringComparison.Ordinal);
        Assert.True(page.Has($"main a[href='{Home}/requests/new']"));
    }

    [Fact]
    public async Task Its_pages_are_in_the_navigation_below_it()
    {
        var page = await (await app.SignInAsync("newcomer")).OpenAsync(Home);

        Assert.True(page.Has($".navigation-item:last-child > a[href='{Home}'][aria-current=page]"));
        Assert.True(page.Has($".navigation-item:last-child ul a[href='{Home}/requests']"));
    }

    [Theory]
    [InlineData("help-support", "help-support")]
    [InlineData("account-settings", "account-settings")]
    [InlineData("action-center", "action-center")]
    public async Task A_workspace_with_a_home_of_its_own_has_no_second_one(string workspace, string home)
    {
        var answer = await (await app.SignInAsync("newcomer")).GetAsync($"/o/alpine-cloud/workspaces/{workspace}");

        Assert.Equal((HttpStatusCode.Found, $"/o/alpine-cloud/{home}"), (answer.StatusCode, answer.LocationOf()));
    }
}
