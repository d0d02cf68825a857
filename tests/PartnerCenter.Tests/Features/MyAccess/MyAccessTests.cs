using AngleSharp.Dom;
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
        Assert.Equal(3, billing.QuerySelectorAll("ul")[0].Children.Length);
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
            offers.QuerySelectorAll("ul")[0].Children.Select(item => item.TextContent.Trim()));
        Assert.Contains("Anna Winter", offers.QuerySelectorAll("ul")[1].TextContent, StringComparison.Ordinal);
        Assert.NotNull(offers.QuerySelector("a[href='mailto:global-admin@demo.example']"));
        Assert.Null(offers.QuerySelector("a[href*='/workspaces/']"));
    }

    [Fact]
    public async Task A_workspace_of_a_program_that_the_organization_is_not_in_is_not_listed()
    {
        var visitor = await app.SignInAsync("publisher");

        var page = await visitor.OpenAsync("/o/harbor-apps/my-access");

        Assert.Equal(
            ["Account settings", "Action Center", "Insights", "Marketplace offers", "Referrals", "Payouts", "Help + support"],
            page.TextsOf(".access .disclosure-name"));
    }

    private static IElement Row(Page page, string workspace) =>
        page.FindAll(".access").Single(row => row.QuerySelector(".disclosure-name")!.TextContent == workspace);
}
