using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.DirectorySwitch;

public sealed class DirectorySwitchTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Person = "two-directories";
    private const string Alpine = "/o/alpine-cloud";
    private const string Lowland = "/o/lowland-digital";

    [Theory]
    [InlineData("my-preferences", "my-preferences")]
    [InlineData("account-settings/users", "account-settings/users")]
    [InlineData("my-preferences/history", "my-preferences/history")]
    [InlineData("help/billing", "help")]
    [InlineData("help-support", "help-support")]
    [InlineData("workspaces/incentives", "")]
    public async Task Switching_leads_to_the_same_page_or_to_the_nearest_that_is_there(string from, string to)
    {
        var visitor = await app.ArriveAsync(Person, "lowland-digital");
        await app.ArriveAsync(Person);
        var page = await visitor.OpenAsync($"{Alpine}/{from}");
        Assert.Equal(HttpStatusCode.OK, page.Status);

        var answer = await visitor.GetAsync(page.FindAll($".directory a[href^='{Lowland}']")[0].GetAttribute("href")!);

        Assert.Equal(to.Length == 0 ? Lowland : $"{Lowland}/{to}", answer.LocationOf());
        var there = await visitor.FollowAsync(answer);
        Assert.Equal(HttpStatusCode.OK, there.Status);
        Assert.Equal(to.Length == 0, there.Has(".flash"));
    }

    [Fact]
    public async Task A_page_that_only_the_roles_of_one_directory_open_leads_to_the_home_of_the_other()
    {
        var visitor = await app.ArriveAsync(Person, "lowland-digital");
        await app.ArriveAsync(Person);
        var page = await visitor.OpenAsync($"{Lowland}/account-settings/users/add");
        Assert.Equal(HttpStatusCode.OK, page.Status);

        var answer = await visitor.GetAsync(page.FindAll($".directory a[href^='{Alpine}']")[0].GetAttribute("href")!);

        Assert.Equal(Alpine, answer.LocationOf());
        Assert.True((await visitor.FollowAsync(answer)).Has(".flash"));
    }

    [Fact]
    public async Task The_home_of_a_workspace_leads_to_that_of_the_other_directory_where_a_role_opens_it()
    {
        await using var own = new PortalApp();
        var visitor = await own.ArriveAsync(Person, "lowland-digital");
        await own.ArriveAsync(Person);
        await own.InDatabaseAsync(async db =>
        {
            var there = await db.Memberships.Include(member => member.Roles)
                .SingleAsync(member => member.Person.Name == "Mila Jansen" && member.Organization.Key == "lowland-digital");
            there.Grant(RoleCatalogue.IncentivesUser, "Sanne de Vries", own.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var page = await visitor.OpenAsync($"{Alpine}/workspaces/incentives");

        var answer = await visitor.GetAsync(page.FindAll($".directory a[href^='{Lowland}']")[0].GetAttribute("href")!);

        Assert.Equal($"{Lowland}/workspaces/incentives", answer.LocationOf());
    }

    [Fact]
    public async Task From_home_it_leads_home()
    {
        var visitor = await app.ArriveAsync(Person, "lowland-digital");
        await app.ArriveAsync(Person);

        var page = await visitor.OpenAsync(Alpine);

        Assert.Equal([Alpine, Lowland], page.FindAll(".directory a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("?page=NoSuchPage")]
    [InlineData("?page=Workspace&inWorkspace=no-such")]
    [InlineData("?page=Operator")]
    [InlineData("")]
    public async Task What_is_no_page_of_an_organization_leads_home_and_says_so(string query)
    {
        var visitor = await app.ArriveAsync(Person, "lowland-digital");

        var answer = await visitor.GetAsync($"{Lowland}/switch{query}");

        Assert.Equal(Lowland, answer.LocationOf());
        Assert.Equal("That page is not open to you in Lowland Digital. This is its home.", (await visitor.FollowAsync(answer)).TextOf(".flash p"));
    }

    [Fact]
    public async Task The_starred_directory_opens_after_signing_in_until_the_star_is_taken_away()
    {
        var visitor = await app.SignInAsync(Person);
        await app.ArriveAsync(Person);
        await app.ArriveAsync(Person, "lowland-digital");
        var first = (await visitor.GetAsync("/")).LocationOf();
        var (starred, other) = first == Alpine ? (Lowland, Alpine) : (Alpine, Lowland);
        Assert.Equal(other, first);

        var page = await visitor.OpenAsync(other);
        var answer = await visitor.PressAsync(page.Find($".star[value='{starred.Split('/')[^1]}']"));

        Assert.Equal(other, answer.LocationOf());
        page = await visitor.FollowAsync(answer);
        Assert.Equal([starred.Split('/')[^1]], page.FindAll(".star[aria-pressed=true]").Select(star => star.GetAttribute("value")));
        Assert.Equal(starred, (await visitor.GetAsync("/")).LocationOf());

        await visitor.PressAsync(page.Find(".star[aria-pressed=true]"));
        Assert.Equal(other, (await visitor.GetAsync("/")).LocationOf());
    }

    [Theory]
    [InlineData("harbor-apps")]
    [InlineData("no-such-organization")]
    [InlineData("")]
    public async Task What_is_no_directory_of_mine_cannot_be_starred(string organization)
    {
        var visitor = await app.ArriveAsync(Person);
        await visitor.OpenAsync(Alpine);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync("/directories/default", ("organization", organization))).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_one_directory_sees_no_star()
    {
        var page = await (await app.SignInAsync("billing-admin")).OpenAsync(Alpine);

        Assert.False(page.Has(".star"));
    }
}
