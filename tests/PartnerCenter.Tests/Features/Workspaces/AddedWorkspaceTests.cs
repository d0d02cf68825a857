using System.Net;
using Microsoft.AspNetCore.Hosting;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Workspaces;

/// <summary>A workspace that the operator of the portal added in its configuration.</summary>
public sealed class AddedWorkspaceTests(AddedWorkspaceTests.App app) : IClassFixture<AddedWorkspaceTests.App>
{
    private const string Home = "/o/alpine-cloud/workspaces/hardware";

    [Fact]
    public async Task It_is_there_for_the_role_that_opens_it()
    {
        var visitor = await app.SignInAsync("agent");

        var dashboard = await visitor.OpenAsync("/o/alpine-cloud");
        var home = await visitor.OpenAsync(Home);

        Assert.Equal("Hardware", dashboard.TextOf($".tile a[href='{Home}']"));
        Assert.True(dashboard.Has($".navigation a[href='{Home}']"));
        Assert.Equal("Hardware", home.Heading);
        Assert.Equal("Certify your devices.", home.TextOf(".lead"));
        Assert.Contains("One of your roles opens this workspace.", home.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_closed_to_others_and_My_access_says_who_opens_it()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var dashboard = await visitor.OpenAsync("/o/alpine-cloud");
        var home = await visitor.OpenAsync(Home);
        var access = await visitor.OpenAsync("/o/alpine-cloud/my-access");

        Assert.False(dashboard.Has($"a[href='{Home}']"));
        Assert.Equal(HttpStatusCode.Forbidden, home.Status);
        var row = access.Find(".access:last-of-type");
        Assert.Contains("Hardware", row.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Admin agent", row.QuerySelector("ul")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_exists_only_for_organizations_of_its_program()
    {
        var visitor = await app.SignInAsync("publisher");

        var page = await visitor.OpenAsync("/o/harbor-apps/workspaces/hardware");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task It_is_named_in_the_language_of_the_reader()
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.OpenAsync(Home);

        var dutch = await visitor.FollowAsync(await visitor.PressAsync(page.Find("button[name=language][value=nl]")));

        Assert.Equal("Apparatuur", dutch.Heading);
        Assert.Equal("Certificeer uw apparaten.", dutch.TextOf(".lead"));
        await visitor.PressAsync(dutch.Find("button[name=language][value=en]"));
    }

    [Fact]
    public async Task A_communication_can_belong_to_it()
    {
        var visitor = await app.SignInAsync("agent");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Send in the device", RoleCatalogue.AdminAgent) with { Workspace = "hardware" });

        var page = await visitor.OpenAsync(Home);

        Assert.Equal(["Send in the device"], page.TextsOf(".communication-title a"));
        Assert.Contains("Hardware", page.TextOf(".communication-facts"), StringComparison.Ordinal);
    }

    public sealed class App : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Workspaces:hardware:Name:en", "Hardware");
            builder.UseSetting("Workspaces:hardware:Name:nl", "Apparatuur");
            builder.UseSetting("Workspaces:hardware:Description:en", "Certify your devices.");
            builder.UseSetting("Workspaces:hardware:Description:nl", "Certificeer uw apparaten.");
            builder.UseSetting("Workspaces:hardware:OpenedBy:0", "admin_agent");
            builder.UseSetting("Workspaces:hardware:Programs:0", "reseller");
        }
    }
}
