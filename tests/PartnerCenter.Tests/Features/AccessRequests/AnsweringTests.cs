using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.AccessRequests;

public sealed class AnsweringTests : IDisposable
{
    private const string Requests = "/o/alpine-cloud/account-settings/access-requests";
    private const string Ask = "/o/alpine-cloud/my-access/ask";

    private readonly PortalApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_page_of_a_request_says_who_asks_for_what_and_why_and_what_it_would_give()
    {
        var id = await AskAsync("newcomer", "role=billing_admin", "2026-03-31");
        var admin = await _app.SignInAsync("global-admin");

        var page = await admin.OpenAsync($"{Requests}/{id}");

        Assert.Equal("Noa Lind asks: Billing admin", page.Heading);
        var facts = page.TextOf("[aria-labelledby=request] .facts");
        Assert.Contains("newcomer@demo.example – Trainee", facts, StringComparison.Ordinal);
        Assert.Contains("I need it.", facts, StringComparison.Ordinal);
        Assert.Contains("31 March 2026", facts, StringComparison.Ordinal);
        Assert.Equal("2026-03-31", page.Find("#Until").GetAttribute("value"));
        Assert.Contains("Opens workspaces that are closed so far: Billing, Customers, Membership, Pricing", page.Text, StringComparison.Ordinal);
        Assert.Equal("No role so far.", page.TextOf("[aria-labelledby=held] p"));
        Assert.Equal(["Anna Winterglobal-admin@demo.example"], page.TextsOf("[aria-labelledby=deciders] li"));
        Assert.True(page.Has("main a[href^='/o/alpine-cloud/account-settings/users/'][href$='/permissions']"));
    }

    [Fact]
    public async Task Approving_opens_the_workspace_on_the_next_request_and_tells_the_requester()
    {
        var id = await AskAsync("newcomer", "role=billing_admin", "2026-03-31");
        var newcomer = await _app.SignInAsync("newcomer");
        Assert.Equal(HttpStatusCode.Forbidden, (await newcomer.OpenAsync("/o/alpine-cloud/workspaces/billing")).Status);

        var list = await ApproveAsync("global-admin", id, ("Comment", "Welcome."));

        Assert.Equal("The request was approved, and the role counts at once.", list.TextOf("[role=status]"));
        Assert.Contains("Approved", list.TextOf("tbody tr td:last-child"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await newcomer.OpenAsync("/o/alpine-cloud/workspaces/billing")).Status);
        var access = await newcomer.OpenAsync("/o/alpine-cloud/my-access");
        Assert.Equal(["Entire organization", "Anna Winter", "2 March 2026", "31 March 2026"], access.TextsOf("tbody td"));
        Assert.Equal("Welcome.", access.TextOf(".request blockquote"));
        await _app.SendMailsAsync();
        var mail = await _app.InDatabaseAsync(db => db.OutboxMails.SingleAsync(mail => mail.Subject == "[Account settings] You have Billing admin now"));
        Assert.Equal("newcomer@demo.example", mail.Address);
    }

    [Fact]
    public async Task For_a_workspace_one_chooses_among_the_roles_that_one_may_grant()
    {
        var id = await AskAsync("newcomer", "workspace=insights");
        var accountAdmin = await _app.SignInAsync("two-directories");

        var page = await accountAdmin.OpenAsync($"{Requests}/{id}");

        var offered = page.FindAll("input[type=radio]").Select(choice => choice.GetAttribute("value")).ToList();
        Assert.Contains("report_viewer", offered);
        Assert.DoesNotContain("global_admin", offered);
        Assert.Equal(["Entire organization", "Alpine Cloud Basel", "Alpine Cloud Zurich"], page.TextsOf("#Location option"));

        var empty = await accountAdmin.ReadAsync(await accountAdmin.PressAsync(page.ButtonOf($"{Requests}/{id}/approve")));
        Assert.Equal("Error: Choose one from the list.", empty.TextOf("#Role-error"));

        var basel = page.FindAll("#Location option")[1].GetAttribute("value");
        await accountAdmin.PressAsync(empty.ButtonOf($"{Requests}/{id}/approve"), ("Role", "report_viewer"), ("Location", basel));
        var grant = await GrantOfAsync("newcomer");
        Assert.Equal(("report_viewer", "Alpine Cloud Basel"), (grant.Role, grant.Location!.Name));
    }

    [Fact]
    public async Task What_is_not_mine_to_grant_is_refused_in_words()
    {
        var id = await AskAsync("newcomer", "workspace=insights");
        var accountAdmin = await _app.SignInAsync("two-directories");
        await accountAdmin.OpenAsync($"{Requests}/{id}");

        var page = await accountAdmin.ReadAsync(await accountAdmin.ForgeAsync($"{Requests}/{id}/approve", ("Role", "global_admin")));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("None of your roles may grant the role Global admin.", page.TextOf(".lead"));
    }

    [Theory]
    [InlineData("Until", "2026-03-01", "Until", "Error: Choose an end date in the future.")]
    [InlineData("Until", "never", "Until", "Error: “never” is not what this field takes.")]
    [InlineData("Location", "1", "Role", "Error: The role Billing admin counts in the entire organization.")]
    public async Task What_the_form_can_mend_is_said_at_the_field_and_kept(string field, string value, string named, string sentence)
    {
        var id = await AskAsync("newcomer", "workspace=billing");
        var admin = await _app.SignInAsync("global-admin");
        await admin.OpenAsync($"{Requests}/{id}");

        var again = await admin.ReadAsync(await admin.ForgeAsync(
            $"{Requests}/{id}/approve", ("Role", "billing_admin"), ("Comment", "Welcome."), (field, value)));

        Assert.Equal([$"#{named}"], again.FindAll(".error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal(sentence, again.TextOf($"#{named}-error"));
        Assert.Equal("Welcome.", again.Find("#Comment").TextContent);
        Assert.Equal("billing_admin", again.Find("input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal(AccessRequestState.Open, (await RequestAsync(id)).State);
    }

    [Fact]
    public async Task Declining_needs_a_reason_that_the_requester_gets()
    {
        var id = await AskAsync("newcomer", "role=owner");
        var admin = await _app.SignInAsync("two-directories");
        var page = await admin.OpenAsync($"{Requests}/{id}");

        var again = await admin.ReadAsync(await admin.PressAsync(page.ButtonOf($"{Requests}/{id}/deny"), ("DenyReason", " ")));
        Assert.Equal("Error: Say why you decline.", again.TextOf("#DenyReason-error"));
        var list = await admin.FollowAsync(await admin.PressAsync(again.ButtonOf($"{Requests}/{id}/deny"), ("DenyReason", "Ask Harbor.")));

        Assert.Equal("The request was declined.", list.TextOf("[role=status]"));
        var newcomer = await (await _app.SignInAsync("newcomer")).OpenAsync("/o/alpine-cloud/my-access");
        Assert.Equal("Owner Declined", newcomer.TextOf(".request-first"));
        Assert.Equal("Ask Harbor.", newcomer.TextOf(".request blockquote"));
        Assert.Contains("By Mila Jansen on 2 March 2026", newcomer.TextOf(".request"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_withdrawn_cannot_be_approved()
    {
        var id = await AskAsync("newcomer", "role=billing_admin");
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Requests}/{id}");
        var newcomer = await _app.SignInAsync("newcomer");
        await newcomer.OpenAsync("/o/alpine-cloud/my-access");
        await newcomer.ForgeAsync($"/o/alpine-cloud/my-access/requests/{id}/withdraw");

        var late = await admin.ReadAsync(await admin.PressAsync(page.ButtonOf($"{Requests}/{id}/approve")));

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("The request is closed already: somebody decided, it was withdrawn, or it has expired.", late.TextOf(".lead"));
        Assert.False((await admin.OpenAsync($"{Requests}/{id}")).PostsTo($"{Requests}/{id}/approve"));
    }

    [Fact]
    public async Task What_nobody_answered_in_time_is_shown_as_expired_before_anything_noticed()
    {
        var id = await AskAsync("newcomer", "role=billing_admin");
        _app.Clock.Advance(AccessRequest.Lasts);
        var admin = await _app.SignInAsync("global-admin");

        var page = await admin.OpenAsync($"{Requests}/{id}");

        Assert.Contains("Expired", page.TextOf("[aria-labelledby=request]"), StringComparison.Ordinal);
        Assert.False(page.PostsTo($"{Requests}/{id}/approve"));
        Assert.Empty((await admin.OpenAsync($"{Requests}?state=Open")).FindAll("tbody tr"));
        Assert.Single((await admin.OpenAsync($"{Requests}?state=Expired")).FindAll("tbody tr"));
    }

    [Fact]
    public async Task For_somebody_who_is_kept_out_nothing_can_be_granted()
    {
        var id = await AskAsync("newcomer", "role=billing_admin");
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(member => member.Person.SignInAddress == "newcomer@demo.example")).Disable(_app.Clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });
        var admin = await _app.SignInAsync("global-admin");

        var page = await admin.OpenAsync($"{Requests}/{id}");
        var forged = await admin.ReadAsync(await admin.ForgeAsync($"{Requests}/{id}/approve", ("Role", "billing_admin")));

        Assert.Contains("Noa Lind can’t work in the organization at the moment", page.TextOf(".notice"), StringComparison.Ordinal);
        Assert.False(page.PostsTo($"{Requests}/{id}/approve"));
        Assert.True(page.PostsTo($"{Requests}/{id}/deny"));
        Assert.Equal(HttpStatusCode.Conflict, forged.Status);
        var empty = await admin.ReadAsync(await admin.ForgeAsync($"{Requests}/{id}/approve"));
        Assert.False(empty.Has(".error-summary"), "There is no field that it could lead to.");
    }

    [Fact]
    public async Task My_own_request_is_shown_to_me_and_not_mine_to_answer()
    {
        var id = await AskAsync("two-directories", "role=support_admin");
        var admin = await _app.SignInAsync("two-directories");

        var page = await admin.OpenAsync($"{Requests}/{id}");
        var approved = await admin.ReadAsync(await admin.ForgeAsync($"{Requests}/{id}/approve", ("Role", "support_admin")));
        var denied = await admin.ReadAsync(await admin.ForgeAsync($"{Requests}/{id}/deny", ("DenyReason", "No.")));

        Assert.StartsWith("Nobody decides on a request of their own.", page.TextOf(".notice"), StringComparison.Ordinal);
        Assert.False(page.Has("main form[method=post]"));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (approved.Status, denied.Status));
        Assert.Equal("Nobody decides on a request of their own.", approved.TextOf(".lead"));
        Assert.Empty((await admin.OpenAsync(Requests)).FindAll("tbody tr"));
    }

    [Fact]
    public async Task What_is_not_mine_to_answer_of_another_organization_or_nowhere_is_the_same_404()
    {
        var notMine = await AskAsync("newcomer", "role=compliance_admin");
        var foreign = await ForeignAsync();
        var admin = await _app.SignInAsync("two-directories");
        await admin.OpenAsync(Requests);

        var bodies = new List<string>();
        foreach (var id in new[] { notMine, foreign, 999_999 })
        {
            var page = await admin.OpenAsync($"{Requests}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            bodies.Add(string.Join('\n', page.Html.Replace($"access-requests/{id}", "access-requests/id", StringComparison.Ordinal).Split('\n')
                .Where(line => !line.Contains("__RequestVerificationToken", StringComparison.Ordinal) && !line.Contains("Code for support", StringComparison.Ordinal))));
            Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync($"{Requests}/{id}/approve", ("Role", "compliance_admin"))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync($"{Requests}/{id}/approve")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync($"{Requests}/{id}/deny", ("DenyReason", "No."))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync($"{Requests}/{id}/deny")).StatusCode);
        }

        Assert.Equal(bodies[0], bodies[1]);
        Assert.Equal(bodies[0], bodies[2]);
    }

    [Fact]
    public async Task The_list_shows_what_waits_first_and_can_be_filtered_by_state()
    {
        var first = await AskAsync("newcomer", "role=billing_admin");
        await ApproveAsync("global-admin", first);
        var second = await AskAsync("newcomer", "role=support_admin");
        var third = await AskAsync("helpdesk", "role=owner");
        await WithdrawAsync("helpdesk", third);
        var admin = await _app.SignInAsync("global-admin");

        var all = await admin.OpenAsync(Requests);
        var approved = await admin.OpenAsync($"{Requests}?state=Approved");
        var denied = await admin.OpenAsync($"{Requests}?state=Denied");

        Assert.Equal([second, third, first], IdsOf(all));
        Assert.Equal([first], IdsOf(approved));
        Assert.Equal("No request stands like this. Choose another state, or clear the filter.", denied.TextOf(".empty"));
        Assert.True(denied.Has($"main a[href='{Requests}']"));
    }

    [Fact]
    public async Task Many_requests_are_paged()
    {
        var scenario = new Scenario(_app.Services);
        var organization = await _app.InDatabaseAsync(db => db.Organizations.SingleAsync(organization => organization.Key == "alpine-cloud"));
        for (var number = 1; number <= 26; number++)
        {
            var member = await scenario.MemberAsync(organization);
            await _app.InDatabaseAsync(async db =>
            {
                var requester = await db.Memberships.SingleAsync(fresh => fresh.Id == member.Id);
                db.Add(AccessRequest.ForRole(requester, RoleCatalogue.BillingAdmin, "Please.", until: null, _app.Clock.GetUtcNow().UtcDateTime));
                return await db.SaveChangesAsync();
            });
        }

        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Requests}?state=Open");
        var next = await admin.OpenAsync(Requests + page.Find("a[rel=next]").GetAttribute("href"));

        Assert.Equal(25, page.FindAll("tbody tr").Count);
        Assert.Single(next.FindAll("tbody tr"));
        Assert.True(next.Has("a[rel=prev]"));
        Assert.False(next.Has("a[rel=next]"));
    }

    [Fact]
    public async Task Whoever_may_grant_nothing_has_no_such_page()
    {
        var id = await AskAsync("newcomer", "role=billing_admin");
        var visitor = await _app.SignInAsync("billing-admin");
        await visitor.OpenAsync("/o/alpine-cloud/my-access");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(Requests)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"{Requests}/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{Requests}/{id}/approve", ("Role", "billing_admin"))).StatusCode);
        Assert.False((await visitor.OpenAsync("/o/alpine-cloud/account-settings")).Has($"a[href='{Requests}']"));
    }

    [Fact]
    public async Task The_action_in_the_Action_Center_leads_to_the_request()
    {
        var id = await AskAsync("newcomer", "role=billing_admin");
        var admin = await _app.SignInAsync("global-admin");

        var list = await admin.OpenAsync("/o/alpine-cloud/action-center");
        var action = list.FindAll(".communication-title a").Single(link => link.TextContent.Contains("Noa Lind asks for Billing admin", StringComparison.Ordinal));
        var details = await admin.OpenAsync(action.GetAttribute("href")!);

        Assert.Equal($"{Requests}/{id}", details.Find("article a.button").GetAttribute("href"));
    }

    private static IEnumerable<int> IdsOf(Page page) =>
        page.FindAll("tbody th a").Select(link => int.Parse(link.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));

    private async Task<int> AskAsync(string person, string what, string? until = null)
    {
        var visitor = await _app.SignInAsync(person);
        var page = await visitor.OpenAsync($"{Ask}?{what}");
        await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf(Ask), ("Reason", "I need it."), ("Until", until)));
        return await _app.InDatabaseAsync(db => db.AccessRequests.MaxAsync(request => request.Id));
    }

    private async Task<Page> ApproveAsync(string person, int id, params (string Name, string? Value)[] typed)
    {
        var visitor = await _app.SignInAsync(person);
        var page = await visitor.OpenAsync($"{Requests}/{id}");
        return await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{Requests}/{id}/approve"), typed));
    }

    private async Task WithdrawAsync(string person, int id)
    {
        var visitor = await _app.SignInAsync(person);
        await visitor.OpenAsync("/o/alpine-cloud/my-access");
        await visitor.ForgeAsync($"/o/alpine-cloud/my-access/requests/{id}/withdraw");
    }

    private Task<AccessRequest> RequestAsync(int id) => _app.InDatabaseAsync(db => db.AccessRequests.SingleAsync(request => request.Id == id));

    private Task<Domain.Organizations.RoleAssignment> GrantOfAsync(string person) => _app.InDatabaseAsync(db => db.Memberships
        .Where(member => member.Person.SignInAddress == $"{person}@demo.example")
        .SelectMany(member => member.Roles)
        .Include(grant => grant.Location)
        .SingleAsync());

    private Task<int> ForeignAsync() => _app.InDatabaseAsync(async db =>
    {
        var developer = await db.Memberships.SingleAsync(member => member.Person.SignInAddress == "developer@demo.example");
        var request = AccessRequest.ForRole(developer, RoleCatalogue.Owner, "Please.", until: null, _app.Clock.GetUtcNow().UtcDateTime);
        db.Add(request);
        await db.SaveChangesAsync();
        return request.Id;
    });
}
