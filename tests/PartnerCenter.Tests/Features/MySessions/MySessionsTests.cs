using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MySessions;

/// <summary>Somebody sees where they are signed in, and ends what is not them.</summary>
public sealed class MySessionsTests : IDisposable
{
    private const string Address = "/my-sessions";
    private const string Home = "/o/alpine-cloud";
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
    private const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

    private readonly App _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task It_shows_each_with_browser_network_and_times_and_which_one_this_is()
    {
        var phone = await SignInAsync("agent", Safari, "2001:db8:1:2::77");
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        await phone.GetAsync(Home);
        var desk = await SignInAsync("agent", Firefox, "203.0.113.77");

        var page = await desk.OpenAsync(Address);

        Assert.Equal("Firefox on Windows This session", page.TextOf("#here"));
        Assert.Equal(["Safari on iOS"], page.TextsOf("[aria-labelledby=others] h3"));
        Assert.Equal("203.0.113.x", page.TextsOf("[aria-labelledby=here] dd")[0]);
        var other = page.TextsOf("[aria-labelledby=others] dd");
        Assert.Equal("2001:db8:1::x", other[0]);
        Assert.Contains("09:00", other[1], StringComparison.Ordinal);
        Assert.Contains("09:30", other[2], StringComparison.Ordinal);
        Assert.DoesNotContain(".77", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_address_and_the_browser_the_database_has_no_more_than_is_shown()
    {
        await SignInAsync("agent", Firefox, "203.0.113.77");

        var session = await _app.InDatabaseAsync(db => db.Sessions.SingleAsync());

        Assert.Equal(("Firefox", "Windows", "203.0.113.x"), (session.Browser, session.System, session.Network));
    }

    [Fact]
    public async Task A_browser_that_is_not_known_and_an_empty_list_are_said_to_be_so()
    {
        var visitor = await _app.SignInAsync("agent");

        var page = await visitor.OpenAsync(Address);

        Assert.Equal("A browser that is not known This session", page.TextOf("#here"));
        Assert.True(page.Has(".empty"));
        Assert.False(page.PostsTo($"{Address}/end-others"));
    }

    [Fact]
    public async Task It_is_reached_from_the_profile_and_its_menu()
    {
        var page = await (await _app.SignInAsync("agent")).OpenAsync("/my-profile");

        Assert.True(page.Has($".menu-panel a[href='{Address}']"));
        Assert.True(page.Has($"main a[href='{Address}']"));
    }

    [Fact]
    public async Task Ending_one_signs_it_out_and_leaves_the_others_and_stands_in_the_activity_log()
    {
        var (lost, kept, mine) = (await SignInAsync("agent", Safari, "198.51.100.1"), await SignInAsync("agent", Firefox, "198.51.100.2"), await _app.SignInAsync("agent"));
        var page = await mine.OpenAsync(Address);
        var card = page.FindAll("[aria-labelledby=others] li").Single(card => card.TextContent.Contains("Safari on iOS", StringComparison.Ordinal));

        var answer = await mine.PressAsync(card.QuerySelector("button")!);

        Assert.Equal("One session ended.", (await mine.FollowAsync(answer)).TextOf("[role=status]"));
        Assert.Equal(HttpStatusCode.Found, (await lost.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await kept.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync(Home)).StatusCode);
        var entry = await _app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.SessionsEnded));
        Assert.Equal((entry.Actor, entry.ActorMembershipId), (entry.Subject, entry.SubjectMembershipId));
    }

    [Fact]
    public async Task Ending_all_others_leaves_this_one_and_those_of_other_people()
    {
        var (one, two, mine, foreign) = (await _app.SignInAsync("two-directories"), await _app.SignInAsync("two-directories"), await _app.SignInAsync("two-directories"), await _app.SignInAsync("agent"));
        var page = await mine.OpenAsync(Address);

        var answer = await mine.PressAsync(page.ButtonOf($"{Address}/end-others"));

        Assert.Equal("2 sessions ended.", (await mine.FollowAsync(answer)).TextOf("[role=status]"));
        Assert.All(new[] { await one.GetAsync(Home), await two.GetAsync(Home) }, refused => Assert.Equal(HttpStatusCode.Found, refused.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await foreign.GetAsync(Home)).StatusCode);
        var logged = await _app.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.SessionsEnded).Select(entry => entry.OrganizationId).ToListAsync());
        Assert.Equal(2, logged.Distinct().Count());
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else_by_its_key()
    {
        var (thief, victim) = (await _app.SignInAsync("agent"), await _app.SignInAsync("billing-admin"));
        await thief.OpenAsync(Address);

        var answer = await thief.ForgeAsync($"{Address}/end", ("session", Secret.Hash(victim.Cookies["pc"])));

        Assert.Equal("0 sessions ended.", (await thief.FollowAsync(answer)).TextOf("[role=status]"));
        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task Signing_in_once_more_in_the_same_browser_ends_the_session_before()
    {
        var visitor = await _app.SignInAsync("agent");
        var before = visitor.Copy();

        await visitor.ForgeAsync("/sign-in/demo", ("person", "billing-admin"));
        await visitor.OpenAsync("/my-profile");
        await visitor.ForgeAsync("/sign-in/demo", ("person", "billing-admin"));

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await before.GetAsync(Home)).StatusCode);
        Assert.Equal(1, await _app.InDatabaseAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task Those_that_are_over_are_not_shown_and_open_nothing()
    {
        var (idle, busy) = (await _app.SignInAsync("agent"), await _app.SignInAsync("agent"));
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        await busy.GetAsync(Home);
        _app.Clock.Advance(SignInSession.LongestIdle - TimeSpan.FromMinutes(30));

        Assert.True((await busy.OpenAsync(Address)).Has(".empty"));
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await idle.GetAsync(Home)).StatusCode);
    }

    private async Task<Visitor> SignInAsync(string person, string userAgent, string address)
    {
        var browser = _app.CreateDefaultClient(new Uri("http://localhost"));
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        browser.DefaultRequestHeaders.Add(RemoteAddress.Header, address);
        var visitor = new Visitor(browser);
        await visitor.PressAsync((await visitor.OpenAsync("/")).Find($"main form button[name=person][value='{person}']"));
        return visitor;
    }

    private sealed class App : PortalApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, RemoteAddress>());
        }
    }
}
