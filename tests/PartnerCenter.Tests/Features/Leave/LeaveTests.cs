using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Leave;

public sealed class LeaveTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Leave = "/o/alpine-cloud/account-settings/leave";

    [Fact]
    public async Task The_overview_leads_there_and_the_page_says_what_one_loses()
    {
        var visitor = await app.SignInAsync("agent");
        var overview = await visitor.OpenAsync("/o/alpine-cloud/account-settings");

        var page = await visitor.OpenAsync(overview.Find($"main a[href='{Leave}']").GetAttribute("href")!);

        Assert.Equal("Leave this organization", page.Heading);
        Assert.Contains("Admin agent", page.Text, StringComparison.Ordinal);
        Assert.Contains("within 30 days", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_is_out_at_once_and_it_is_in_the_log()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var page = await visitor.OpenAsync(Leave);

        var answer = await visitor.PressAsync(page.ButtonOf(Leave));

        Assert.Equal("/", answer.LocationOf());
        var home = await visitor.FollowAsync(await visitor.GetAsync("/"));
        Assert.Equal("You belong to no organization yet", home.Heading);
        Assert.Equal("You have left Alpine Cloud.", home.TextOf("[role=status]"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/o/alpine-cloud")).Status);
        Assert.True(await app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.MemberLeft && entry.Subject == "Ben Keller" && entry.Actor == "Ben Keller")));
    }

    [Fact]
    public async Task Whoever_belongs_to_another_organization_too_lands_there()
    {
        var visitor = await app.SignInAsync("two-directories");
        await visitor.PressAsync((await visitor.OpenAsync(Leave)).ButtonOf(Leave));

        Assert.Equal("/o/lowland-digital", (await visitor.GetAsync("/")).LocationOf());
    }

    [Fact]
    public async Task The_last_Global_admin_stays()
    {
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Leave);

        var answer = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Leave)));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("The organization needs a Global admin who is active", answer.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipStatus.Active, await app.InDatabaseAsync(db => db.Memberships.Where(member => member.Person.SignInAddress == "global-admin@demo.example").Select(member => member.Status).SingleAsync()));
    }
}
