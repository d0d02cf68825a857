using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MyAccess;

public sealed class MyAccessTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyAccess = "/o/alpine-cloud/my-access";

    [Fact]
    public async Task It_lists_my_roles_with_where_they_count_who_granted_them_and_since_when()
    {
        var visitor = await app.SignInAsync("referrals");

        var page = await visitor.OpenAsync(MyAccess);

        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.StartsWith("Referrals admin", page.TextsOf("tbody th")[0], StringComparison.Ordinal);
        Assert.Equal(["Alpine Cloud Zurich", "Anna Winter", "2 July 2025", "–"], page.TextsOf("tbody tr:first-child td"));
    }

    [Fact]
    public async Task A_role_without_a_location_counts_in_the_entire_organization()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(MyAccess);

        Assert.Equal(["Entire organization", "Anna Winter", "2 July 2025", "–"], page.TextsOf("tbody td"));
    }

    [Fact]
    public async Task A_role_that_ends_says_when()
    {
        var visitor = await app.SignInAsync("guest");

        var page = await visitor.OpenAsync(MyAccess);

        Assert.Equal("2 July 2026", page.TextsOf("tbody td")[^1]);
    }

    [Fact]
    public async Task Without_a_role_it_says_plainly_that_nobody_granted_one()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(MyAccess);

        Assert.Equal("Nobody has granted you a role yet. The people listed with each workspace can.", page.TextOf(".empty"));
        Assert.False(page.Has("table"));
    }

    [Fact]
    public async Task An_open_workspace_says_what_I_may_do_there_and_leads_to_it()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(MyAccess);

        var billing = Row(page, "Billing");
        Assert.Contains("Access granted", billing.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, billing.QuerySelector(".permissions")!.Children.Length);
        Assert.All(billing.QuerySelectorAll(".permissions .quiet"), role => Assert.Equal("Billing admin", role.TextContent));
        Assert.Equal(
            ["Billing admin (Entire organization), granted by Anna Winter on 2 July 2025"],
            billing.QuerySelectorAll(".why li").Select(why => why.TextContent));
        Assert.NotNull(billing.QuerySelector("a[href='/o/alpine-cloud/workspaces/billing']"));
    }

    [Fact]
    public async Task A_closed_workspace_says_which_roles_open_it_and_whom_to_ask()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(MyAccess);

        var offers = Row(page, "Marketplace offers");
        Assert.Contains("No access", offers.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["Co-sell solution admin", "Owner", "Manager", "Developer", "Business contributor", "Marketer"],
            offers.QuerySelector(".opened-by")!.Children.Select(item => item.TextContent.Trim()));
        Assert.Contains("Anna Winter", offers.QuerySelector(".contacts")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(offers.QuerySelector("a[href='/o/alpine-cloud/my-access/ask?workspace=marketplace-offers']"));
        Assert.NotNull(offers.QuerySelector("a[href='mailto:global-admin@demo.example']"));
        Assert.Null(offers.QuerySelector("a[href*='/workspaces/']"));
    }

    [Fact]
    public async Task A_workspace_of_a_program_that_the_organization_is_not_in_is_listed_apart_with_the_program()
    {
        var visitor = await app.SignInAsync("publisher");

        var page = await visitor.OpenAsync("/o/harbor-apps/my-access");

        Assert.Equal(
            ["Account settings", "Action Center", "Insights", "Marketplace offers", "Referrals", "Payouts", "Help + support"],
            page.TextsOf(".access .disclosure-name"));
        Assert.Equal(
            ["Benefits", "Billing", "Customers", "Incentives", "Membership", "Pricing"],
            page.TextsOf(".missing strong"));
        Assert.Equal("Comes with: Reseller program", page.TextsOf(".missing-programs")[1]);
        Assert.True(page.Has("a[href='/o/harbor-apps/account-settings/programs']"));
    }

    [Fact]
    public async Task Where_the_organization_has_everything_nothing_is_listed_apart()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(MyAccess);

        Assert.False(page.Has(".missing"));
    }

    [Fact]
    public async Task What_every_member_may_is_said_to_be_open_to_every_member()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(MyAccess);

        var support = Row(page, "Help + support");
        Assert.Contains("It is open to every member of your organization.", support.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Every member"], support.QuerySelectorAll(".permissions .quiet").Select(role => role.TextContent));
    }

    [Fact]
    public async Task Of_many_contacts_three_stand_there_and_the_rest_unfolds()
    {
        using var own = new PortalApp();
        await AddAdministratorsAsync(own, 4);
        var visitor = await own.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(MyAccess);

        var billing = Row(page, "Billing");
        Assert.Equal(3, billing.QuerySelector(".contacts")!.Children.Length);
        Assert.Equal("and 3 more", billing.QuerySelector(".more summary")!.TextContent.Trim());
        Assert.Equal(3, billing.QuerySelectorAll(".more .contacts li").Length);
    }

    [Fact]
    public async Task It_asks_the_database_the_same_number_of_questions_for_three_workspaces_and_for_thirteen()
    {
        using var own = new PortalApp();
        var visitor = await own.SignInAsync("newcomer");
        await visitor.OpenAsync(MyAccess);
        var (thirteen, before) = await CountAsync();
        await AddAdministratorsAsync(own, 12);
        await own.InDatabaseAsync(async db =>
        {
            var organization = await db.Organizations.Include(organization => organization.Enrollments).SingleAsync(organization => organization.Key == "alpine-cloud");
            foreach (var program in organization.ActivePrograms)
                organization.LeaveProgram(program);
            return await db.SaveChangesAsync();
        });
        var (three, after) = await CountAsync();

        Assert.Equal((13, 3), (before, after));
        Assert.Equal(thirteen, three);

        async Task<(int Queries, int Workspaces)> CountAsync()
        {
            var asked = own.Database.Asked.Count;
            var page = await visitor.OpenAsync(MyAccess);
            return (own.Database.Asked.Count - asked, page.FindAll(".access").Count);
        }
    }

    private static async Task AddAdministratorsAsync(PortalApp portal, int count)
    {
        var scenario = new Scenario(portal.Services);
        var organization = await portal.InDatabaseAsync(db => db.Organizations.SingleAsync(organization => organization.Key == "alpine-cloud"));
        for (var number = 1; number <= count; number++)
            await scenario.MemberAsync(organization, await scenario.PersonAsync($"Zoe Admin {number}"), RoleCatalogue.GlobalAdmin);
    }

    private static IElement Row(Page page, string workspace) =>
        page.FindAll(".access").Single(row => row.QuerySelector(".disclosure-name")!.TextContent == workspace);
}
