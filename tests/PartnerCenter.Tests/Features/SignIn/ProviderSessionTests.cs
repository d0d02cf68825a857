using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

/// <summary>What a session here has to do with the one at the provider: its end, on either side, and other accounts.</summary>
public sealed class ProviderSessionTests : IClassFixture<ProviderApp>
{
    private const string Generic = ProviderApp.Generic;
    private const string Entra = ProviderApp.Entra;

    private readonly ProviderApp _app;
    private readonly LoopbackProvider _provider;

    public ProviderSessionTests(ProviderApp app)
    {
        (_app, _provider) = (app, app.Provider);
        _provider.BeHonest();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_leads_on_to_the_provider()
    {
        _provider.ChangeClaims = claims => claims["login_hint"] = "the hint + of the provider";
        var visitor = _app.Visit();
        await _app.SignInWithAsync(visitor, Generic);
        var copy = visitor.Copy();

        var answer = await SignOutAsync(visitor);

        var there = new Uri(answer.LocationOf());
        Assert.Equal($"{_provider.Address}/end", there.GetLeftPart(UriPartial.Path));
        var query = QueryHelpers.ParseQuery(there.Query);
        Assert.Equal(("http://localhost:5080/", LoopbackProvider.Client, "the hint + of the provider"), ($"{query["post_logout_redirect_uri"]}", $"{query["client_id"]}", $"{query["logout_hint"]}"));
        Assert.StartsWith("/?returnUrl=", (await copy.GetAsync("/no-organization")).LocationOf(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_may_lead_to_the_providers_and_to_nobody_else()
    {
        var policy = (await _app.Visit().GetAsync("/")).Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains($"form-action 'self' {_provider.Address};", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_the_demo_ends_at_home()
    {
        var visitor = await _app.SignInAsync("operator");

        Assert.Equal("/", (await SignOutAsync(visitor)).LocationOf());
    }

    [Fact]
    public async Task The_provider_ends_the_session_that_it_means_and_no_other()
    {
        var (ends, stays, elsewhere) = (_app.Visit(), _app.Visit(), _app.Visit());
        await SignInAsync(ends, Generic, "session-1");
        await SignInAsync(stays, Generic, "session-2");
        await SignInAsync(elsewhere, Entra, "session-1");

        var answer = await _app.Visit().GetAsync($"/signout-oidc/{Generic}?iss={Uri.EscapeDataString(_provider.Issuer)}&sid=session-1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("/?returnUrl=", (await ends.GetAsync("/no-organization")).LocationOf(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stays.GetAsync("/no-organization")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/no-organization")).StatusCode);
    }

    [Theory]
    [InlineData("/signout-oidc/house-id", HttpStatusCode.OK)]
    [InlineData("/signout-oidc/house-id?sid=", HttpStatusCode.OK)]
    [InlineData("/signout-oidc/house-id?sid=unknown", HttpStatusCode.OK)]
    [InlineData("/signout-oidc/nobody?sid=session-3", HttpStatusCode.NotFound)]
    public async Task What_no_provider_means_ends_nothing(string address, HttpStatusCode status)
    {
        var visitor = _app.Visit();
        await SignInAsync(visitor, Generic, "session-3");
        var sessions = await _app.InDatabaseAsync(db => db.Sessions.CountAsync());

        Assert.Equal(status, (await _app.Visit().GetAsync(address)).StatusCode);

        Assert.Equal(sessions, await _app.InDatabaseAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task Whoever_wants_another_account_is_asked_by_the_provider_which()
    {
        var visitor = _app.Visit();
        await _app.SignInWithAsync(visitor, Generic);
        await visitor.OpenAsync("/no-organization");
        var start = await visitor.FollowAsync(await visitor.ForgeAsync("/sign-in/another", ("returnUrl", "/no-organization")));

        var challenge = await visitor.GetAsync(start.Find($"a[href^='/sign-in/{Generic}']").GetAttribute("href")!);

        Assert.Equal("select_account", QueryHelpers.ParseQuery(new Uri(challenge.LocationOf()).Query)["prompt"]);
    }

    [Fact]
    public async Task A_session_is_as_fresh_as_the_proof_at_the_provider()
    {
        var (fresh, stale, silent) = (_app.Visit(), _app.Visit(), _app.Visit());
        Prove(TimeSpan.FromMinutes(-1));
        await _app.SignInWithAsync(fresh, Generic);
        Prove(TimeSpan.FromHours(-1));
        await _app.SignInWithAsync(stale, Generic);
        _provider.ChangeClaims = _ => { };
        await _app.SignInWithAsync(silent, Generic);

        Assert.Equal((true, false, false), (await IsFreshAsync(fresh), await IsFreshAsync(stale), await IsFreshAsync(silent)));
    }

    [Fact]
    public async Task Whoever_must_prove_again_who_they_are_is_asked_by_their_provider_and_comes_back_with_a_fresh_session()
    {
        _provider.ChangeClaims = claims => claims["login_hint"] = "the hint";
        var visitor = _app.Visit();
        await _app.SignInWithAsync(visitor, Generic);
        var before = visitor.Cookies[ProviderApp.Session];
        var page = await visitor.OpenAsync("/sign-in/again?step=ChangeContactAddress&returnUrl=/no-organization");
        var way = await visitor.PressAsync(page.ButtonOf("/sign-in/again"));

        var challenge = await visitor.GetAsync(way.LocationOf());

        var query = QueryHelpers.ParseQuery(new Uri(challenge.LocationOf()).Query);
        Assert.Equal(("login", "0", "the hint"), ($"{query["prompt"]}", $"{query["max_age"]}", $"{query["login_hint"]}"));
        Prove(TimeSpan.FromSeconds(-5));
        var back = await visitor.GetAsync((await _app.Browser.GetAsync(new Uri(challenge.LocationOf()))).LocationOf());
        Assert.Equal("/no-organization", back.LocationOf());
        Assert.True(await IsFreshAsync(visitor));
        var hash = Secret.Hash(before);
        Assert.False(await _app.InDatabaseAsync(db => db.Sessions.AnyAsync(session => session.IdHash == hash)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-60)]
    public async Task A_provider_that_did_not_ask_again_is_not_taken_at_its_word(int? minutes)
    {
        _provider.ChangeClaims = claims =>
        {
            if (minutes is { } ago)
                claims["auth_time"] = new DateTimeOffset(_app.Clock.Now.AddMinutes(ago)).ToUnixTimeSeconds();
        };
        var visitor = _app.Visit();

        var answer = await visitor.GetAsync(await _app.AuthorizeAsync(visitor, $"/sign-in/{Generic}?again=true", isAddress: true));

        await ProviderApp.AssertRefusedAsync(visitor, answer, HttpStatusCode.BadRequest, "your identity provider did not ask you");
    }

    private void Prove(TimeSpan when) =>
        _provider.ChangeClaims = claims => claims["auth_time"] = new DateTimeOffset(_app.Clock.Now + when).ToUnixTimeSeconds();

    private Task<bool> IsFreshAsync(Visitor visitor)
    {
        var hash = Secret.Hash(visitor.Cookies[ProviderApp.Session]);
        return _app.InDatabaseAsync(async db => (await db.Sessions.SingleAsync(session => session.IdHash == hash)).IsFreshAt(_app.Clock.Now));
    }

    private async Task SignInAsync(Visitor visitor, string provider, string session)
    {
        _provider.ChangeClaims = claims => claims["sid"] = session;
        Assert.Equal("/", (await _app.SignInWithAsync(visitor, provider)).LocationOf());
    }

    private static async Task<HttpResponseMessage> SignOutAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/no-organization");
        return await visitor.ForgeAsync("/sign-out");
    }
}
