using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class SessionTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud";
    private const string Cookie = "pc";

    [Fact]
    public async Task Its_cookie_holds_an_id_and_nothing_else()
    {
        var visitor = app.Visit();
        var start = await visitor.OpenAsync("/");

        var answer = await visitor.PressAsync(start.Find("button[value=agent]"));

        var cookie = Assert.Single(answer.CookiesSet(), cookie => cookie.Name == Cookie);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", cookie.Value.ToString());
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteMode.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path);
        Assert.False(cookie.Domain.HasValue);
    }

    [Fact]
    public async Task Over_https_its_cookie_is_bound_to_this_very_host()
    {
        var visitor = app.Visit("https://localhost");
        var start = await visitor.OpenAsync("/");

        var answer = await visitor.PressAsync(start.Find("button[value=agent]"));

        var cookie = Assert.Single(answer.CookiesSet(), cookie => cookie.Name == "__Host-pc");
        Assert.True(cookie.Secure);
        Assert.True(cookie.HttpOnly);
        Assert.Equal("/", cookie.Path);
        Assert.False(cookie.Domain.HasValue);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task The_database_knows_only_the_hash_of_its_id()
    {
        var visitor = await app.SignInAsync("helpdesk");

        var hashes = await app.InDatabaseAsync(db => db.Sessions.Select(session => session.IdHash).ToListAsync());

        Assert.Contains(Secret.Hash(visitor.Cookies[Cookie]), hashes);
        Assert.DoesNotContain(visitor.Cookies[Cookie], hashes);
    }

    [Fact]
    public async Task Signing_in_starts_it_under_a_new_id()
    {
        var visitor = app.Visit();
        visitor.Keep(Cookie, "planted-by-somebody-else");
        var start = await visitor.OpenAsync("/");

        await visitor.PressAsync(start.Find("button[value=agent]"));

        Assert.NotEqual("planted-by-somebody-else", visitor.Cookies[Cookie]);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
        visitor.Keep(Cookie, "planted-by-somebody-else");
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_it_for_a_copied_cookie_too()
    {
        var visitor = await app.SignInAsync("global-admin");
        var thief = visitor.Copy();
        var page = await visitor.OpenAsync(Home);

        var answer = await visitor.PressAsync(page.ButtonOf("/sign-out"));

        Assert.Equal("/", answer.LocationOf());
        Assert.DoesNotContain(Cookie, visitor.Cookies.Keys);
        Assert.Equal("/?returnUrl=%2Fo%2Falpine-cloud", (await thief.GetAsync(Home)).LocationOf());
        var hash = Secret.Hash(thief.Cookies[Cookie]);
        Assert.False(await app.InDatabaseAsync(db => db.Sessions.AnyAsync(session => session.IdHash == hash)));
    }

    [Fact]
    public async Task Somebody_else_can_sign_in_and_is_on_the_same_page()
    {
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync($"{Home}/action-center?view=archived");

        var answer = await visitor.PressAsync(page.ButtonOf("/sign-in/another"));

        Assert.Equal("/?another=true&returnUrl=%2Fo%2Falpine-cloud%2Faction-center%3Fview%3Darchived", answer.LocationOf());
        Assert.DoesNotContain(Cookie, visitor.Cookies.Keys);
        var again = await visitor.PressAsync((await visitor.FollowAsync(answer)).Find("button[value=billing-admin]"));
        Assert.Equal($"{Home}/action-center?view=archived", again.LocationOf());
    }

    [Fact]
    public async Task No_other_site_is_where_one_comes_back_to()
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(Home);

        Assert.Equal("/?another=true", (await visitor.ForgeAsync("/sign-in/another", ("returnUrl", "//evil.example/"))).LocationOf());
    }

    [Fact]
    public async Task Signing_out_leaves_the_person_s_other_sessions_alone()
    {
        var (here, there) = (await app.SignInAsync("global-admin"), await app.SignInAsync("global-admin"));

        await here.PressAsync((await here.OpenAsync(Home)).ButtonOf("/sign-out"));

        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task It_ends_after_an_hour_without_a_request()
    {
        var visitor = await app.SignInAsync("agent");
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_left_open_does_not_keep_it_alive_by_asking_for_its_bell()
    {
        var visitor = await app.SignInAsync("agent");
        for (var minute = 1; minute < 60; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"{Home}/action-center/bell")).StatusCode);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync($"{Home}/action-center/bell")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync(Home)).StatusCode);
    }

    // Nobody points at a link who is not there, and the page is opened without a further request.
    [Fact]
    public async Task A_page_that_is_fetched_ahead_keeps_it_alive()
    {
        var visitor = await app.SignInAsync("agent");
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        using var ahead = new HttpRequestMessage(HttpMethod.Get, Home);
        ahead.Headers.Add("Sec-Purpose", "prefetch");
        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(ahead)).StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task It_ends_after_twelve_hours_however_busy_it_is()
    {
        var visitor = await app.SignInAsync("agent");
        for (var hour = 0; hour < 23; hour++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_revoked_is_gone_on_the_next_request()
    {
        var visitor = await app.SignInAsync("referrals");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/o/alpine-cloud/workspaces/referrals")).StatusCode);

        await app.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.Memberships
                .Where(membership => membership.Person.SignInAddress == "referrals@demo.example")
                .SelectMany(membership => membership.Roles)
                .ToListAsync());
            return await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/o/alpine-cloud/workspaces/referrals")).StatusCode);
    }

    [Fact]
    public async Task A_person_who_is_disabled_is_out_on_the_next_request()
    {
        var visitor = await app.SignInAsync("marketer");

        await app.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(person => person.SignInAddress == "marketer@demo.example")).Disable();
            return await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/o/harbor-apps")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%00")]
    public async Task An_id_that_nobody_was_given_opens_nothing(string id)
    {
        var visitor = app.Visit();
        visitor.Keep(Cookie, id);

        var answer = await visitor.GetAsync(Home);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }
}
