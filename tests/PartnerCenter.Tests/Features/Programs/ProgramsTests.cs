using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Programs;

public sealed class ProgramsTests : IAsyncLifetime, IDisposable
{
    private const string Programs = "/o/alpine-cloud/account-settings/programs";
    private const string Billing = "/o/alpine-cloud/workspaces/billing";

    // Each test changes what the others would see.
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Everybody_sees_each_program_with_its_workspaces_and_state()
    {
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Programs);

        Assert.Equal(
            ["Partner network", "Reseller program", "Incentive program", "Marketplace program", "Co-sell program"],
            page.TextsOf(".programs h2"));
        Assert.Equal("Enrolled since 2 March 2024", page.TextsOf(".programs .pill")[0]);
        Assert.Contains("Membership", page.TextsOf(".programs .tags")[0], StringComparison.Ordinal);
        Assert.Equal("Members with one of these roles can change this: Global admin, Account admin.", page.TextOf(".notice"));
        Assert.False(page.Has(".programs form, .programs a"));
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_changed()
    {
        var visitor = await _app.SignInAsync("billing-admin");
        await visitor.OpenAsync(Programs);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{Programs}/reseller/leave")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(Billing)).Status);
    }

    [Fact]
    public async Task Before_suspending_it_says_which_workspaces_close_which_stay_and_what_lies_open_there()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Programs}/reseller/suspend");

        Assert.Equal("Suspend the Reseller program?", page.Heading);
        Assert.Equal(["Billing", "Customers", "Pricing"], page.TextsOf("[aria-labelledby=closing] li"));
        Assert.Equal(["Insights"], page.TextsOf("[aria-labelledby=staying] li"));
        Assert.Matches(@"^\d+ open actions lie there\.", page.TextOf("strong"));
    }

    [Fact]
    public async Task Suspending_closes_the_workspaces_with_the_next_request_and_resuming_opens_them()
    {
        var admin = await _app.SignInAsync("global-admin");
        var colleague = await _app.SignInAsync("billing-admin");
        Assert.Equal(HttpStatusCode.OK, (await colleague.OpenAsync(Billing)).Status);

        var confirm = await admin.OpenAsync($"{Programs}/reseller/suspend");
        var suspended = await admin.FollowAsync(await admin.PressAsync(confirm.ButtonOf($"{Programs}/reseller/suspend")));
        Assert.Equal("Suspended: Reseller program.", suspended.TextOf(".flash"));
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.OpenAsync(Billing)).Status);

        await admin.FollowAsync(await admin.PressAsync(suspended.ButtonOf($"{Programs}/reseller/resume")));
        Assert.Equal(HttpStatusCode.OK, (await colleague.OpenAsync(Billing)).Status);
    }

    [Fact]
    public async Task Leaving_and_enrolling_again_starts_anew()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var confirm = await visitor.OpenAsync($"{Programs}/co-sell/leave");
        var left = await visitor.FollowAsync(await visitor.PressAsync(confirm.ButtonOf($"{Programs}/co-sell/leave")));
        Assert.Equal("Not enrolled", left.TextsOf(".programs .pill")[^1]);

        var enrolled = await visitor.FollowAsync(await visitor.PressAsync(left.ButtonOf($"{Programs}/co-sell/enroll")));

        Assert.Equal("Enrolled since 2 March 2026", enrolled.TextsOf(".programs .pill")[^1]);
    }

    [Fact]
    public async Task What_was_left_in_another_tab_answers_with_the_rules_own_sentence()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var confirm = await visitor.OpenAsync($"{Programs}/co-sell/leave");
        await visitor.PressAsync(confirm.ButtonOf($"{Programs}/co-sell/leave"));

        var stale = await visitor.PressAsync(confirm.ButtonOf($"{Programs}/co-sell/leave"));

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"{Programs}/co-sell/leave")).Status);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_not_there()
    {
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.OpenAsync(Programs);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{Programs}/golf/enroll")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"{Programs}/golf/suspend")).Status);
    }
}
