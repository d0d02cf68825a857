using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Features.Permissions;

public sealed class PermissionsTests : IDisposable
{
    private const string Mine = "/o/alpine-cloud/account-settings/permissions";

    private readonly PortalApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Each_of_my_roles_says_why_I_have_it_and_what_it_gives()
    {
        var visitor = await _app.SignInAsync("referrals");

        var page = await visitor.OpenAsync(Mine);

        Assert.Equal("Your permissions", page.Heading);
        Assert.Equal(["Referrals admin", "Referrals user", "Report viewer"], page.TextsOf(".disclosure-name"));
        Assert.Equal("Alpine Cloud Zurich, granted by Anna Winter on 2 July 2025", page.TextsOf(".disclosure-text .quiet")[0]);
        var viewer = page.FindAll(".disclosure")[2];
        Assert.Equal(["Insights View"], viewer.QuerySelectorAll(".reach-name").Select(name => string.Join(' ', name.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task The_matrix_shows_how_far_each_role_reaches_in_each_workspace()
    {
        var visitor = await _app.SignInAsync("agent");

        var page = await visitor.OpenAsync(Mine);

        Assert.Equal(["Workspace", "Admin agent", "Sales agent", "Every member"], page.TextsOf(".access-matrix thead th"));
        var customers = page.FindAll(".access-matrix tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Customers");
        Assert.Equal(["Manage", "Act in part", "–No access"], customers.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task A_role_that_has_ended_is_marked_and_counts_for_nothing()
    {
        await GrantAsync("newcomer", RoleCatalogue.AccountAdmin, endsAt: Now.AddDays(-1));
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Mine}?open=page/ActivityLog");

        Assert.Equal("Ended", page.TextOf(".disclosure .disclosure-text .pill"));
        Assert.Equal(["Workspace", "Every member"], page.TextsOf(".access-matrix thead th"));
        Assert.Equal("No, the role that opened it has ended:", page.TextOf(".answer-first"));
        Assert.Equal(["Account admin (Entire organization), granted by Anna Winter on 2 March 2026, until 1 March 2026"], page.TextsOf(".answer ul:first-of-type li").Take(1));
    }

    [Fact]
    public async Task Without_a_role_it_says_so()
    {
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Mine);

        Assert.Equal("No role has been granted. The administrators of the organization can grant one.", page.TextOf(".empty"));
        Assert.Equal(13, page.FindAll(".access-matrix tbody tr").Count);
    }

    [Fact]
    public async Task The_overview_of_Account_settings_and_My_access_lead_there()
    {
        var visitor = await _app.SignInAsync("newcomer");

        Assert.True((await visitor.OpenAsync("/o/alpine-cloud/account-settings")).Has($"[aria-labelledby=permissions] a[href='{Mine}']"));
        Assert.True((await visitor.OpenAsync("/o/alpine-cloud/my-access")).Has($"main a[href='{Mine}']"));
    }

    [Theory]
    [InlineData("global-admin", "page/SentMail", "Yes, a role opens it:")]
    [InlineData("billing-admin", "page/MyAccess", "Yes, every member of the organization may open it.")]
    [InlineData("billing-admin", "page/SentMail", "No, none of the roles held here opens it.")]
    [InlineData("billing-admin", "workspace/billing", "Yes, a role opens it:")]
    [InlineData("billing-admin", "workspace/referrals", "No, none of the roles held here opens it.")]
    public async Task An_administrator_asks_why_a_member_can_or_cannot_open_something(string person, string open, string first)
    {
        var visitor = await _app.SignInAsync("program-admin");
        var page = await visitor.OpenAsync(await AddressOfAsync(person));

        var answer = await visitor.OpenAsync($"{await AddressOfAsync(person)}?open={Uri.EscapeDataString(open)}");

        Assert.False(page.Has(".answer"));
        Assert.Equal(first, answer.TextOf(".answer-first"));
        Assert.Equal(open, answer.Find("#open option[selected]").GetAttribute("value"));
    }

    [Fact]
    public async Task The_answer_names_the_grant_or_the_roles_that_would_do()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var yes = await visitor.OpenAsync($"{await AddressOfAsync("billing-admin")}?open=workspace/billing");
        var no = await visitor.OpenAsync($"{await AddressOfAsync("billing-admin")}?open=page/ActivityLog");

        Assert.Equal(["Billing admin (Entire organization), granted by Anna Winter on 2 July 2025"], yes.TextsOf(".answer li"));
        Assert.Equal(["Global admin", "Account admin", "Admin agent"], no.TextsOf(".answer li"));
    }

    [Fact]
    public async Task The_answer_names_the_program_that_the_organization_lacks()
    {
        var visitor = await _app.SignInAsync("publisher");
        var id = await IdOfAsync("developer");

        var page = await visitor.OpenAsync($"/o/harbor-apps/account-settings/users/{id}/permissions?open=workspace/billing");

        Assert.Equal("No, the organization does not have the workspace Billing. These programs bring it: Reseller program.", page.TextOf(".answer-first"));
    }

    [Fact]
    public async Task The_answer_says_who_took_the_role_away()
    {
        await GrantAsync("newcomer", RoleCatalogue.AccountAdmin);
        var (id, admin) = (await IdOfAsync("newcomer"), await IdOfAsync("global-admin"));
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            var organization = await _app.InDatabaseAsync(db => db.Memberships.Where(member => member.Id == id).Select(member => member.OrganizationId).SingleAsync());
            await scope.ServiceProvider.GetRequiredService<RoleChanges>().SetAsync(organization, new Actor("Anna Winter", admin), id, []);
        }

        var visitor = await _app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync($"{await AddressOfAsync("newcomer")}?open=page/ActivityLog");

        Assert.Equal("No, the role Account admin that opened it was taken away on 2 March 2026 by Anna Winter.", page.TextOf(".answer-first"));
    }

    [Fact]
    public async Task Of_a_member_who_is_blocked_it_says_that_first()
    {
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(member => member.Person.SignInAddress == "billing-admin@demo.example")).Disable(Now);
            return await db.SaveChangesAsync();
        });
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{await AddressOfAsync("billing-admin")}?open=workspace/billing");

        Assert.Contains("This membership is not active (Blocked)", page.TextOf(".notice"), StringComparison.Ordinal);
        Assert.Equal("No, this member has been blocked since 2 March 2026.", page.TextOf(".answer-first"));
        Assert.Contains("Otherwise these roles would open it:", page.TextOf(".answer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open=page/NoSuchPage")]
    [InlineData("open=")]
    [InlineData("open=workspace/nothing")]
    public async Task A_question_about_nothing_is_no_question(string query)
    {
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Mine}?{query}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Has(".answer"));
    }

    [Fact]
    public async Task Who_may_not_see_the_roles_of_others_sees_only_their_own()
    {
        var visitor = await _app.SignInAsync("billing-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(await AddressOfAsync("newcomer"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(Mine)).Status);
    }

    [Fact]
    public async Task A_member_of_another_organization_is_not_there()
    {
        var visitor = await _app.SignInAsync("global-admin");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(await AddressOfAsync("developer"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/o/alpine-cloud/account-settings/users/999999/permissions")).Status);
    }

    [Theory]
    [InlineData("global-admin")]
    [InlineData("billing-admin")]
    [InlineData("agent")]
    [InlineData("program-admin")]
    [InlineData("guest")]
    [InlineData("newcomer")]
    public async Task What_it_says_of_a_page_or_workspace_is_what_happens(string person)
    {
        var visitor = await _app.ArriveAsync(person);

        foreach (var page in PageTable.Destinations)
        {
            var status = (await visitor.GetAsync(page.Path.Replace("{organization}", "alpine-cloud", StringComparison.Ordinal))).StatusCode;
            var answer = await visitor.OpenAsync($"{Mine}?open=page/{page.Key}");

            // Another feature may bring the page later.
            if (status != HttpStatusCode.NotFound)
                Assert.True(answer.TextOf(".answer-first").StartsWith(status == HttpStatusCode.OK ? "Yes" : "No", StringComparison.Ordinal), $"{page.Key} answered {status}");
        }

        foreach (var workspace in WorkspaceCatalogue.BuiltIn.All)
        {
            var status = (await visitor.GetAsync($"/o/alpine-cloud/{PageTable.HomeOf(workspace)}")).StatusCode;
            var answer = await visitor.OpenAsync($"{Mine}?open=workspace/{workspace.Key}");

            Assert.True(answer.TextOf(".answer-first").StartsWith(status == HttpStatusCode.OK ? "Yes" : "No", StringComparison.Ordinal), $"{workspace.Key} answered {status}");
        }
    }

    private DateTime Now => _app.Clock.GetUtcNow().UtcDateTime;

    private async Task<string> AddressOfAsync(string person) => $"/o/alpine-cloud/account-settings/users/{await IdOfAsync(person)}/permissions";

    private Task<int> IdOfAsync(string person) => _app.InDatabaseAsync(db => db.Memberships
        .Where(member => member.Person.SignInAddress == $"{person}@demo.example")
        .Select(member => member.Id)
        .SingleAsync());

    private async Task GrantAsync(string person, Role role, DateTime? endsAt = null)
    {
        var id = await IdOfAsync(person);
        var membership = await _app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Id == id));
        await new Scenario(_app.Services).GrantAsync(membership, role, endsAt);
    }
}
