using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MyAccess;

public sealed class AskForAccessTests : IDisposable
{
    private const string MyAccess = "/o/alpine-cloud/my-access";
    private const string Ask = $"{MyAccess}/ask";

    private readonly PortalApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_member_asks_for_a_role_and_finds_the_request_in_My_access()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?role=billing_admin");

        var answer = await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", " I do the invoices. "), ("Until", "2026-03-31"));

        var access = await visitor.FollowAsync(answer);
        Assert.Equal("Your request was sent. The answer comes by mail.", access.TextOf("[role=status]"));
        Assert.Equal("Billing admin Waiting for an answer", access.TextOf(".request-first"));
        Assert.Equal("Asked on 2 March 2026. Wanted until 31 March 2026. Lapses on 16 March 2026.", access.TextOf(".request .quiet"));
        var request = await RequestAsync();
        Assert.Equal(("billing_admin", null, "I do the invoices."), (request.Role, request.Workspace, request.Reason));
        Assert.Equal(new DateTime(2026, 3, 31, 23, 59, 59), request.Until);
    }

    [Fact]
    public async Task Whichever_role_opens_a_workspace_can_be_asked_for()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?workspace=referrals");

        var access = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", "Deals.")));

        var request = await RequestAsync();
        Assert.Equal((null, "referrals"), (request.Role, request.Workspace));
        Assert.Equal("Whichever role opens Referrals Waiting for an answer", access.TextOf(".request-first"));
        var row = access.FindAll(".access").Single(row => row.Id == "workspace-referrals");
        Assert.Contains("Waiting for an answer", row.TextContent, StringComparison.Ordinal);
        Assert.Null(row.QuerySelector("a.button"));
    }

    [Fact]
    public async Task One_of_the_roles_that_open_a_workspace_can_be_chosen()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?workspace=referrals");

        await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", "Deals."), ("Role", "referrals_user"));

        var request = await RequestAsync();
        Assert.Equal(("referrals_user", null), (request.Role, request.Workspace));
    }

    [Fact]
    public async Task It_says_who_will_be_asked_and_never_names_the_one_who_asks()
    {
        var newcomer = await (await _app.SignInAsync("newcomer")).OpenAsync($"{Ask}?role=support_admin");
        var accountAdmin = await (await _app.SignInAsync("two-directories")).OpenAsync($"{Ask}?role=support_admin");
        var compliance = await (await _app.SignInAsync("newcomer")).OpenAsync($"{Ask}?role=compliance_admin");
        var globalAdmin = await (await _app.SignInAsync("global-admin")).OpenAsync($"{Ask}?role=compliance_admin");

        Assert.Equal(["Anna Winterglobal-admin@demo.example", "Mila Jansentwo-directories@demo.example"], newcomer.TextsOf("[aria-labelledby=asked] li"));
        Assert.Equal(["Anna Winterglobal-admin@demo.example"], accountAdmin.TextsOf("[aria-labelledby=asked] li"));
        Assert.Equal(["Anna Winterglobal-admin@demo.example"], compliance.TextsOf("[aria-labelledby=asked] li"));
        Assert.Equal("Nobody else in your organization can grant this. Contact the program.", globalAdmin.TextOf("[aria-labelledby=asked] p"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?role=no_such_role")]
    [InlineData("?role=default_user")]
    [InlineData("?workspace=no-such-workspace")]
    public async Task Without_saying_what_one_chooses_a_workspace_or_a_role_first(string query)
    {
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Ask + query);

        Assert.False(page.PostsTo(Ask));
        Assert.True(page.Has($"main a[href='{Ask}?workspace=billing']"));
        Assert.Equal(27, page.FindAll("select[name=role] option").Count);
    }

    [Fact]
    public async Task A_guest_is_not_offered_what_guests_cannot_have()
    {
        var visitor = await _app.SignInAsync("guest");

        var page = await visitor.OpenAsync(Ask);

        Assert.DoesNotContain("global_admin", page.FindAll("option").Select(option => option.GetAttribute("value")));
        var refused = await TryAsync(visitor, "global_admin");
        Assert.Equal("Error: A guest can't have the role Global admin.", refused.TextOf("#Role-error"));
    }

    [Theory]
    [InlineData("", "2026-04-01", "Reason", "Error: Say why you need it.")]
    [InlineData("   ", "2026-04-01", "Reason", "Error: Say why you need it.")]
    [InlineData("I do the invoices.", "2026-03-01", "Until", "Error: Choose an end date in the future.")]
    [InlineData("I do the invoices.", "some day", "Until", "Error: “some day” is not what this field takes.")]
    public async Task A_wrong_field_is_named_and_what_was_typed_is_kept(string reason, string until, string field, string sentence)
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?workspace=billing");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", reason), ("Until", until), ("Role", "billing_admin")));

        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal([$"#{field}"], again.FindAll(".error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal(sentence, again.TextOf($"#{field}-error"));
        Assert.Equal(reason.Trim(), again.Find("#Reason").TextContent);
        Assert.Equal(until, again.Find("#Until").GetAttribute("value"));
        Assert.Equal("billing_admin", again.Find("input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Today_is_a_last_day_too()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?role=billing_admin");

        await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", "Today only."), ("Until", "2026-03-02"));

        Assert.Equal(new DateTime(2026, 3, 2, 23, 59, 59), (await RequestAsync()).Until);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_kept_and_refused()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{Ask}?role=billing_admin");
        var reason = new string('x', AccessRequest.LongestReason + 1);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", reason)));

        Assert.Equal("Error: The text is too long.", again.TextOf("#Reason-error"));
        Assert.Equal(reason, again.Find("#Reason").TextContent);
    }

    [Fact]
    public async Task What_was_asked_for_already_is_not_asked_for_twice()
    {
        var visitor = await _app.SignInAsync("newcomer");
        await TryAsync(visitor, "billing_admin");

        var again = await TryAsync(visitor, "billing_admin");

        Assert.Equal("Error: A request for this is waiting for an answer already.", again.TextOf("#Role-error"));
        Assert.Equal("Please.", again.Find("#Reason").TextContent);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Who_has_the_role_is_told_so()
    {
        var visitor = await _app.SignInAsync("billing-admin");

        var again = await TryAsync(visitor, "billing_admin");

        Assert.Equal("Error: The member has this role already.", again.TextOf("#Role-error"));
    }

    [Fact]
    public async Task Ten_a_day_are_enough()
    {
        var visitor = await _app.SignInAsync("newcomer");
        foreach (var role in RoleCatalogue.All.Where(role => role.Family == RoleFamily.Program).Take(AccessRequest.MostPerDay))
            await TryAsync(visitor, role.Key);

        var again = await TryAsync(visitor, "owner");

        Assert.Equal("Error: At most 10 requests a day. Try again tomorrow.", again.TextOf("#Role-error"));
        Assert.Equal(AccessRequest.MostPerDay, await CountAsync());
    }

    [Fact]
    public async Task A_workspace_that_the_organization_lacks_cannot_be_asked_for()
    {
        var visitor = await _app.SignInAsync("publisher");
        await visitor.OpenAsync("/o/harbor-apps/my-access");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/o/harbor-apps/my-access/ask", ("Workspace", "billing"), ("Reason", "Please.")));

        Assert.Equal("Error: Choose one from the list.", page.TextOf("#Role-error"));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task An_open_request_can_be_withdrawn_once()
    {
        var visitor = await _app.SignInAsync("newcomer");
        var access = await TryAsync(visitor, "billing_admin");
        var address = $"{MyAccess}/requests/{(await RequestAsync()).Id}/withdraw";

        var after = await visitor.FollowAsync(await visitor.PressAsync(access.ButtonOf(address)));
        var twice = await visitor.ReadAsync(await visitor.ForgeAsync(address));

        Assert.Equal("Your request was withdrawn.", after.TextOf("[role=status]"));
        Assert.Equal("Billing admin Withdrawn", after.TextOf(".request-first"));
        Assert.False(after.PostsTo(address));
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
        Assert.StartsWith("The request is closed already", twice.TextOf(".lead"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_of_another_is_not_there_to_withdraw()
    {
        await TryAsync(await _app.SignInAsync("newcomer"), "billing_admin");
        var id = (await RequestAsync()).Id;
        var other = await _app.SignInAsync("global-admin");
        await other.OpenAsync(MyAccess);

        Assert.Equal(HttpStatusCode.NotFound, (await other.ForgeAsync($"{MyAccess}/requests/{id}/withdraw")).StatusCode);
        Assert.Equal(AccessRequestState.Open, (await RequestAsync()).State);
    }

    [Fact]
    public async Task An_added_workspace_offers_the_roles_that_open_it()
    {
        await using var own = new WithHardware();
        var visitor = await own.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Ask}?workspace=hardware");

        Assert.Equal(["", "cpv_admin"], page.FindAll("input[type=radio]").Select(choice => choice.GetAttribute("value") ?? ""));
        Assert.Contains("Hardware View", page.TextsOf(".reach-name"));
    }

    private static async Task<Page> TryAsync(Visitor visitor, string role)
    {
        var page = await visitor.OpenAsync($"{Ask}?role={role}");
        var answer = await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", "Please."));
        return answer.StatusCode == HttpStatusCode.Found ? await visitor.FollowAsync(answer) : await visitor.ReadAsync(answer);
    }

    private Task<AccessRequest> RequestAsync() => _app.InDatabaseAsync(db => db.AccessRequests.SingleAsync());

    private Task<int> CountAsync() => _app.InDatabaseAsync(db => db.AccessRequests.CountAsync());

    private sealed class WithHardware : PortalApp
    {
        protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Workspaces:hardware:Name:en", "Hardware");
            builder.UseSetting("Workspaces:hardware:Name:nl", "Apparatuur");
            builder.UseSetting("Workspaces:hardware:OpenedBy:0", "cpv_admin");
        }
    }
}
