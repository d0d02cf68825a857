using System.Net;
using Microsoft.AspNetCore.Hosting;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Workspaces;

public sealed class WorkspaceHomeTests(WorkspaceHomeTests.App app) : IClassFixture<WorkspaceHomeTests.App>
{
    private const string Billing = "/o/alpine-cloud/workspaces/billing";

    [Fact]
    public async Task It_says_what_the_workspace_is_and_what_I_may_do_there()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Billing);

        Assert.Equal("Billing", page.Heading);
        Assert.Contains("Follow your invoices until they are paid", page.TextOf(".lead"), StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".permissions li").Count);
        Assert.All(page.TextsOf(".permissions .quiet"), role => Assert.Equal("Billing admin", role));
    }

    [Fact]
    public async Task It_names_who_administers_it()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Billing);

        // Anna may grant everything, Mila as an account admin the agents' roles.
        Assert.Equal(["global-admin@demo.example", "two-directories@demo.example"], page.TextsOf(".contacts a"));
        Assert.StartsWith("Anna Winter", page.TextsOf(".contacts li")[0], StringComparison.Ordinal);
        Assert.True(page.Has(".contacts a[href='mailto:global-admin@demo.example']"));
    }

    [Fact]
    public async Task It_shows_what_is_open_there_and_nothing_of_other_workspaces()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Billing);

        Assert.Equal(
            ["Review the tax number on your invoices", "Your invoice for October is ready"],
            page.TextsOf(".communication-title a"));
        Assert.True(page.Has("main a[href='/o/alpine-cloud/action-center?workspace=billing']"));
    }

    [Fact]
    public async Task Where_nothing_is_open_it_says_so()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/workspaces/insights");

        Assert.Equal("Nothing is open in this workspace. News and actions about it appear here and in the Action Center.", page.TextOf(".empty"));
    }

    [Fact]
    public async Task It_leads_to_the_company_s_own_system_where_there_is_one()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/workspaces/pricing");

        Assert.Equal("https://prices.example.com/list", page.Find("main a.button").GetAttribute("href"));
        Assert.Equal("Go to Pricing", page.TextOf("main a.button"));
        Assert.False(page.Has(".notice"));
    }

    [Fact]
    public async Task Without_one_it_says_plainly_what_is_not_here()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Billing);

        Assert.StartsWith("The work of this workspace is not in the portal yet.", page.TextOf(".notice"), StringComparison.Ordinal);
        Assert.False(page.Has("main a.button"));
    }

    [Fact]
    public async Task One_that_no_role_of_mine_opens_is_refused_with_the_way_to_help()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/workspaces/referrals");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal("You do not have access to this page", page.Heading);
        Assert.True(page.Has("main a.button[href='/o/alpine-cloud/my-access']"));
    }

    [Theory]
    [InlineData("dutch-admin", "/o/lowland-digital/workspaces/marketplace-offers")]
    [InlineData("global-admin", "/o/alpine-cloud/workspaces/nothing-of-the-kind")]
    [InlineData("global-admin", "/o/alpine-cloud/workspaces/BILLING")]
    public async Task One_that_the_organization_does_not_have_is_not_there(string person, string address)
    {
        var visitor = await app.SignInAsync(person);

        var page = await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task A_long_list_is_cut_and_continues_in_the_Action_Center()
    {
        var visitor = await app.SignInAsync("marketer");
        for (var number = 1; number <= 6; number++)
        {
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, $"News {number}", RoleCatalogue.Marketer) with
            {
                Workspace = WorkspaceCatalogue.Insights,
                Organizations = ["harbor-apps"],
            });
        }

        var page = await visitor.OpenAsync("/o/harbor-apps/workspaces/insights");

        Assert.Equal(["News 6", "News 5", "News 4", "News 3", "News 2"], page.TextsOf(".communication-title a"));
        Assert.True(page.Has("main a[href='/o/harbor-apps/action-center?workspace=insights']"));
    }

    public sealed class App : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Workspaces:pricing:WorkUrl", "https://prices.example.com/list");
        }
    }
}
