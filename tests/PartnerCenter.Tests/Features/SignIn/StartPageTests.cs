using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class StartPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Its_first_form_has_one_button_for_each_person_of_the_demo()
    {
        var page = await app.Visit().OpenAsync("/");

        var form = page.FindAll("form")[0];
        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal(
            DemoPeople.All.Select(person => person.Key),
            form.QuerySelectorAll("button[type=submit][name=person]").Select(button => button.GetAttribute("value")));
    }

    [Theory]
    [InlineData("global-admin", "/o/alpine-cloud")]
    [InlineData("guest", "/o/alpine-cloud")]
    [InlineData("dutch-admin", "/o/lowland-digital")]
    [InlineData("operator", "/operator")]
    public async Task Whoever_signs_in_lands_on_their_home(string person, string home)
    {
        var visitor = app.Visit();
        var start = await visitor.OpenAsync("/");

        var answer = await visitor.PressAsync(start.Find($"button[value={person}]"));

        Assert.Equal(home, answer.LocationOf());
        Assert.Equal(HttpStatusCode.OK, (await visitor.FollowAsync(answer)).Status);
    }

    [Fact]
    public async Task Whoever_is_signed_in_goes_straight_home()
    {
        var visitor = await app.SignInAsync("publisher");

        var answer = await visitor.GetAsync("/");

        Assert.Equal("/o/harbor-apps", answer.LocationOf());
    }

    [Fact]
    public async Task Somebody_without_an_organization_is_told_so()
    {
        await app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(membership => membership.Person.SignInAddress == "newcomer@demo.example")).Disable(FixedTime.Start);
            return await db.SaveChangesAsync();
        });
        var visitor = app.Visit();
        var start = await visitor.OpenAsync("/");

        var page = await visitor.FollowAsync(await visitor.PressAsync(start.Find("button[value=newcomer]")));

        Assert.Equal("You belong to no organization yet", page.Heading);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("GLOBAL-ADMIN")]
    [InlineData("")]
    [InlineData("global-admin@demo.example")]
    public async Task A_person_who_is_not_of_the_demo_cannot_sign_in(string person)
    {
        var visitor = app.Visit();
        await visitor.OpenAsync("/");

        var answer = await visitor.ForgeAsync("/sign-in/demo", ("person", person));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("pc", visitor.Cookies.Keys);
    }
}

/// <summary>Somebody comes who is not of the cast, so it has a portal of its own.</summary>
public sealed class OthersOnTheStartPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Whoever_is_not_of_the_cast_is_listed_after_it_and_can_sign_in()
    {
        await app.InDatabaseAsync(db =>
        {
            var gone = new Person("Gone", "gone@elsewhere.example");
            gone.Disable();
            db.AddRange(new Person("stranger@elsewhere.example", "stranger@elsewhere.example"), gone);
            return db.SaveChangesAsync();
        });
        var visitor = app.Visit();

        var page = await visitor.OpenAsync("/");

        Assert.Equal(
            [.. DemoPeople.All.Select(person => person.Key), "stranger@elsewhere.example"],
            page.FindAll("form")[0].QuerySelectorAll("button[name=person]").Select(button => button.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync("/sign-in/demo", ("person", "gone@elsewhere.example"))).StatusCode);
        Assert.Equal("/no-organization", (await visitor.PressAsync(page.Find("button[value='stranger@elsewhere.example']"))).LocationOf());
    }
}

public sealed class StartPageWithoutDemoTests(StartPageWithoutDemoTests.App app) : IClassFixture<StartPageWithoutDemoTests.App>
{
    [Fact]
    public async Task It_asks_for_address_and_password_where_no_provider_is_configured()
    {
        var page = await app.Visit().OpenAsync("/");

        Assert.Equal("/sign-in/local", page.Find("main form").GetAttribute("action"));
        Assert.True(page.Has("main a[href='/forgotten-password']"));
        Assert.False(page.Has("button[name=person]"));
    }

    [Fact]
    public async Task Without_passwords_too_it_offers_nobody_and_says_that_sign_in_is_not_set_up()
    {
        await using var without = new PortalInstance(
            Path.Combine(Directory.CreateTempSubdirectory("partnercenter-start-").FullName, "partnercenter.db"), ("SignIn:LocalAccounts", "false"));

        var page = await without.Visit().OpenAsync("/");

        Assert.False(page.Has("form"));
        Assert.Contains("Sign-in is not set up on this portal yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_the_demo_s_sign_in_is_not_there()
    {
        var visitor = app.Visit();
        visitor.Keep("pc", "an-operator");
        await app.InDatabaseAsync(db =>
        {
            var person = new Person("Olga", "olga@program.example");
            person.MakeOperator();
            db.Add(new SignInSession("an-operator", person, app.Clock.Now));
            return db.SaveChangesAsync();
        });
        await visitor.OpenAsync("/operator");

        var answer = await visitor.ForgeAsync("/sign-in/demo", ("person", "global-admin"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("an-operator", visitor.Cookies["pc"]);
    }

    public sealed class App : PortalApp
    {
        protected override bool IsDemo => false;
    }
}
