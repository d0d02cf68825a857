using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

/// <summary>Sign-in by identity providers that really run, with tokens and answers of every bad kind.</summary>
public sealed class ProviderSignInTests : IClassFixture<ProviderApp>
{
    private const string Generic = ProviderApp.Generic;
    private const string Entra = ProviderApp.Entra;
    private const string Other = ProviderApp.Other;
    private const string Session = ProviderApp.Session;

    private readonly ProviderApp _app;
    private readonly LoopbackProvider _provider;

    public ProviderSignInTests(ProviderApp app)
    {
        (_app, _provider) = (app, app.Provider);
        _provider.BeHonest();
    }

    /// <summary>What a token can be that must not be believed, by what is wrong with it.</summary>
    public static Dictionary<string, Action<LoopbackProvider>> Lies { get; } = new()
    {
        ["signed with another key under the same name"] = provider => provider.Sign = signed =>
        {
            using var other = RSA.Create(2048);
            return other.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        },
        ["not signed"] = provider => provider.ChangeToken = token => token[..(token.LastIndexOf('.') + 1)],
        ["alg none"] = provider =>
        {
            provider.ChangeHeader = header => header["alg"] = "none";
            provider.ChangeToken = token => token[..(token.LastIndexOf('.') + 1)];
        },
        ["alg none with a signature"] = provider => provider.ChangeHeader = header => header["alg"] = "none",
        ["alg in other letters"] = provider => provider.ChangeHeader = header => header["alg"] = "rs256",
        ["HS256 with the public key as the secret"] = provider =>
        {
            provider.ChangeHeader = header => header["alg"] = "HS256";
            provider.Sign = signed => HMACSHA256.HashData(provider.Key.ExportSubjectPublicKeyInfo(), signed);
        },
        ["RS384"] = provider =>
        {
            provider.ChangeHeader = header => header["alg"] = "RS384";
            provider.Sign = signed => provider.Key.SignData(signed, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        },
        ["PS256 under the name of RS256"] = provider => provider.Sign = signed => provider.Key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ["brings its own key"] = provider =>
        {
            var own = RSA.Create(2048);
            var parameters = own.ExportParameters(includePrivateParameters: false);
            provider.ChangeHeader = header => header["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = "AQAB" };
            provider.Sign = signed => own.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        },
        ["demands an extension"] = provider => provider.ChangeHeader = header => header["crit"] = new JsonArray("b64"),
        ["of another type"] = provider => provider.ChangeHeader = header => header["typ"] = "at+jwt",
        ["of an unknown key"] = provider => provider.ChangeHeader = header => header["kid"] = "unknown",
        ["of a key of another kind"] = provider => provider.ChangeHeader = header => header["kid"] = "of-another-kind",
        ["claims swapped"] = provider => provider.ChangeToken = token =>
        {
            var parts = token.Split('.');
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
            claims["sub"] = "somebody-else";
            return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
        },
        ["a claim twice"] = provider => provider.ChangeToken = token => Resigned(provider, token, json => json.Insert(1, "\"sub\":\"somebody-else\",")),
        ["half a letter"] = provider => provider.ChangeToken = token => Resigned(provider, token, json => json.Replace("subject-of-somebody", "\\ud800", StringComparison.Ordinal)),
        ["no JSON"] = provider => provider.ChangeToken = token => Resigned(provider, token, _ => "{"),
        ["an array"] = provider => provider.ChangeToken = token => Resigned(provider, token, _ => "[]"),
        ["deeper than anybody needs"] = provider => provider.ChangeToken = token => Resigned(provider, token, _ => new string('[', 100) + new string(']', 100)),
        ["five parts"] = provider => provider.ChangeToken = token => $"{token}.AAAA.AAAA",
        ["not base64url"] = provider => provider.ChangeToken = token => $"{token}=+/",
        ["white space"] = provider => provider.ChangeToken = token => token.Replace(".", " .", StringComparison.Ordinal),
        ["empty"] = provider => provider.ChangeToken = _ => "",
        ["longer than any token"] = provider => provider.ChangeClaims = claims => claims["padding"] = new string('x', 20_000),
        ["for another client"] = Claim("aud", "another-client"),
        ["for nobody"] = Claim("aud", null),
        ["for us and another client"] = provider => provider.ChangeClaims = claims => claims["aud"] = new JsonArray(LoopbackProvider.Client, "another-client"),
        ["for a number"] = Claim("aud", 1),
        ["handed to another client"] = Claim("azp", "another-client"),
        ["handed to a number"] = Claim("azp", 5),
        ["an access token"] = Claim("scp", "openid"),
        ["of another issuer"] = Claim("iss", "https://evil.example"),
        ["of an issuer with a slash"] = provider => provider.ChangeClaims = claims => claims["iss"] = $"{claims["iss"]}/",
        ["of an issuer in capitals"] = provider => provider.ChangeClaims = claims => claims["iss"] = $"{claims["iss"]}".ToUpperInvariant(),
        ["of an issuer with a user"] = provider => provider.ChangeClaims = claims => claims["iss"] = $"{claims["iss"]}".Replace("://", "://a@", StringComparison.Ordinal),
        ["of no issuer"] = Claim("iss", null),
        ["expired"] = Moved("exp", -421),
        ["without an end"] = Claim("exp", null),
        ["with a text for its end"] = Claim("exp", "9999999999"),
        ["with an end beyond all dates"] = Claim("exp", 1e308),
        ["with an end before all dates"] = Claim("exp", -1e308),
        ["issued in the future"] = Moved("iat", 300),
        ["without a beginning"] = Claim("iat", null),
        ["not yet valid"] = provider => provider.ChangeClaims = claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 300,
        ["not yet valid, as a text"] = Claim("nbf", "0"),
        ["of another round"] = Claim("nonce", "another-nonce"),
        ["of no round"] = Claim("nonce", null),
        ["about nobody"] = Claim("sub", null),
        ["about an empty name"] = Claim("sub", ""),
        ["about a number"] = Claim("sub", 7),
        ["about an endless name"] = Claim("sub", new string('s', 256)),
    };

    /// <summary>The same, for what only Entra ID has.</summary>
    public static Dictionary<string, Action<LoopbackProvider>> EntraLies { get; } = new()
    {
        ["without a tenant"] = Claim("tid", null),
        ["of a tenant that is no id"] = Claim("tid", "common"),
        ["of a tenant in braces"] = Claim("tid", $"{{{LoopbackProvider.Tenant}}}"),
        ["of a tenant that leads elsewhere"] = Claim("tid", "../../evil.example"),
        ["of a tenant that its issuer is not"] = Claim("tid", "99999999-2222-4333-8444-555555555555"),
        ["of an issuer that its tenant is not"] = provider => provider.ChangeClaims = claims => claims["iss"] = $"{provider.Address}/99999999-2222-4333-8444-555555555555/v2.0",
        ["of the template itself"] = provider => provider.ChangeClaims = claims => claims["iss"] = $"{provider.Address}/{{tenantid}}/v2.0",
        ["of private accounts"] = InTenant("9188040d-6c67-4c5b-b112-36a304b66dad"),
        ["of version 1"] = Claim("ver", "1.0"),
        ["without an object id"] = Claim("oid", null),
        ["with an object id that is none"] = Claim("oid", "me"),
    };

    public static TheoryData<string> NamesOfLies => [.. Lies.Keys];

    public static TheoryData<string> NamesOfEntraLies => [.. EntraLies.Keys];

    [Fact]
    public async Task The_start_page_has_a_link_for_each_provider()
    {
        var page = await _app.Visit().OpenAsync("/?returnUrl=%2Fo%2Falpine-cloud");

        Assert.Equal(
            [$"/sign-in/{Entra}?returnUrl=%2Fo%2Falpine-cloud", $"/sign-in/{Generic}?returnUrl=%2Fo%2Falpine-cloud", $"/sign-in/{Other}?returnUrl=%2Fo%2Falpine-cloud"],
            page.FindAll("main .providers a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Sign in with House ID", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync("/sign-in/nobody")).StatusCode);
    }

    [Theory]
    [InlineData(Generic)]
    [InlineData(Entra)]
    public async Task Somebody_is_known_by_their_identity_whatever_their_address_is(string key)
    {
        _provider.ChangeClaims = claims => claims["email"] = "another-address@elsewhere.example";
        var visitor = _app.Visit();
        visitor.Keep(Session, "planted-by-somebody-else");

        var answer = await _app.SignInWithAsync(visitor, key);

        Assert.Equal("/", answer.LocationOf());
        Assert.NotEqual("planted-by-somebody-else", visitor.Cookies[Session]);
        Assert.Equal(_app.Somebody, await _app.PersonOfAsync(visitor));
    }

    [Fact]
    public async Task The_way_to_the_provider_has_state_nonce_and_a_challenge_and_a_cookie_of_this_browser()
    {
        var answer = await _app.Visit().GetAsync($"/sign-in/{Generic}");

        var query = QueryHelpers.ParseQuery(new Uri(answer.LocationOf()).Query);
        Assert.StartsWith($"{_provider.Address}/authorize?", answer.LocationOf(), StringComparison.Ordinal);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(43, query["code_challenge"].ToString().Length);
        Assert.Equal(43, query["nonce"].ToString().Length);
        Assert.Equal("openid profile email", query["scope"]);
        Assert.Equal($"http://localhost/signin-oidc/{Generic}", query["redirect_uri"]);
        var cookie = Assert.Single(answer.CookiesSet(), cookie => cookie.Name.StartsWith("pc-round.", StringComparison.Ordinal));
        Assert.True(cookie.HttpOnly);
        Assert.Equal("Lax", $"{cookie.SameSite}");
    }

    [Theory]
    [MemberData(nameof(NamesOfLies))]
    public async Task A_token_is_not_believed_that_is(string lie)
    {
        Lies[lie](_provider);

        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Theory]
    [MemberData(nameof(NamesOfEntraLies))]
    public async Task A_token_of_Entra_is_not_believed_that_is(string lie)
    {
        EntraLies[lie](_provider);

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Fact]
    public async Task A_tenant_that_nobody_configured_is_told_so()
    {
        InTenant("99999999-2222-4333-8444-555555555555")(_provider);

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.Forbidden, "is not set up for sign-in on this portal");
    }

    [Fact]
    public async Task A_key_of_one_tenant_signs_for_no_other()
    {
        _provider.RollOver();
        _provider.ChangeKey = key => key["issuer"] = $"{_provider.Address}/99999999-2222-4333-8444-555555555555/v2.0";
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.BadRequest, "could not be accepted");
        _app.Clock.Advance(TimeSpan.FromHours(2));
        _provider.ChangeKey = key => key["issuer"] = $"{_provider.Address}/{{tenantid}}/v2.0";

        Assert.Equal("/", (await _app.SignInWithAsync(_app.Visit(), Entra)).LocationOf());
    }

    [Fact]
    public async Task Somebody_nobody_knows_and_somebody_who_is_disabled_read_the_same()
    {
        await _app.InDatabaseAsync(async db =>
        {
            var disabled = new Person("Disabled", "disabled@partner.example");
            disabled.Disable();
            db.Add(new ExternalIdentity(_provider.Issuer, "subject of the disabled", disabled, _app.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var people = await _app.InDatabaseAsync(db => db.People.CountAsync());
        _provider.ChangeClaims = claims => claims["sub"] = "subject of the disabled";
        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.Forbidden, "This account has no access to the portal.");
        _provider.ChangeClaims = claims => claims["sub"] = "subject of nobody";

        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.Forbidden, "This account has no access to the portal.");

        Assert.Equal(people, await _app.InDatabaseAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task The_refusal_is_said_in_Dutch_too()
    {
        _provider.ChangeClaims = claims => claims["sub"] = "subject of nobody";
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);
        var request = new HttpRequestMessage(HttpMethod.Get, back);
        request.Headers.AcceptLanguage.ParseAdd("nl");

        var page = await visitor.ReadAsync(await visitor.SendAsync(request));

        Assert.Equal("U bent niet aangemeld", page.Heading);
        Assert.Contains("Dit account heeft geen toegang tot het portaal.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_lands_where_one_wanted_to_go()
    {
        var visitor = _app.Visit();
        var start = await visitor.FollowAsync(await visitor.GetAsync("/o/alpine-cloud/action-center?view=notifications"));

        var back = await _app.AuthorizeAsync(visitor, start.Find($"a[href^='/sign-in/{Generic}']").GetAttribute("href")!, isAddress: true);

        Assert.Equal("/o/alpine-cloud/action-center?view=notifications", (await visitor.GetAsync(back)).LocationOf());
    }

    [Theory]
    [MemberData(nameof(ReturnAddressTests.Elsewhere), MemberType = typeof(ReturnAddressTests))]
    public async Task An_address_elsewhere_is_not_followed_after_the_provider(string elsewhere)
    {
        var visitor = _app.Visit();

        var back = await _app.AuthorizeAsync(visitor, $"/sign-in/{Generic}?returnUrl={Uri.EscapeDataString(elsewhere)}", isAddress: true);

        Assert.Equal("/", (await visitor.GetAsync(back)).LocationOf());
    }

    [Theory]
    [InlineData("", "started in another window")]
    [InlineData("?code=x", "started in another window")]
    [InlineData("?code=x&state=", "started in another window")]
    [InlineData("?code=x&state=made-up", "started in another window")]
    [InlineData("?state=STATE", "started in another window")]
    [InlineData("?code=CODE&state=STATEx", "started in another window")]
    [InlineData("?code=CODE&code=CODE&state=STATE", "started in another window")]
    [InlineData("?code=CODE&state=STATE&state=STATE", "started in another window")]
    [InlineData("?code=made-up&state=STATE", "could not be accepted")]
    [InlineData("?code=CODE&state=STATE&iss=https%3A%2F%2Fevil.example", "could not be accepted")]
    [InlineData("?error=access_denied&state=STATE", "was cancelled")]
    [InlineData("?error=access_denied&code=CODE&state=STATE", "was cancelled")]
    [InlineData("?error=access_denied", "started in another window")]
    [InlineData("?error=invalid_scope&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=STATE", "could not be accepted")]
    public async Task An_answer_that_does_not_fit_signs_nobody_in(string answer, string sentence)
    {
        var visitor = _app.Visit();
        var query = QueryHelpers.ParseQuery(new Uri(await _app.AuthorizeAsync(visitor, Generic)).Query);
        var twisted = answer.Replace("CODE", query["code"], StringComparison.Ordinal).Replace("STATE", query["state"], StringComparison.Ordinal);

        await ProviderApp.AssertRefusedAsync(visitor, await visitor.GetAsync($"/signin-oidc/{Generic}{twisted}"), HttpStatusCode.BadRequest, sentence);
    }

    [Theory]
    [InlineData("temporarily_unavailable")]
    [InlineData("server_error")]
    public async Task A_provider_that_says_it_is_away_is_said_to_be_away(string error)
    {
        var visitor = _app.Visit();
        var query = QueryHelpers.ParseQuery(new Uri(await _app.AuthorizeAsync(visitor, Generic)).Query);

        var answer = await visitor.GetAsync(QueryHelpers.AddQueryString($"/signin-oidc/{Generic}", new Dictionary<string, string?> { ["error"] = error, ["state"] = query["state"] }));

        await ProviderApp.AssertRefusedAsync(visitor, answer, HttpStatusCode.ServiceUnavailable, "does not answer");
    }

    [Fact]
    public async Task An_answer_in_a_form_signs_nobody_in()
    {
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);

        await ProviderApp.AssertRefusedAsync(visitor, await visitor.PostWithoutTokenAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_round_that_another_browser_began_signs_nobody_in()
    {
        var back = await _app.AuthorizeAsync(_app.Visit(), Generic);
        var victim = _app.Visit();
        await _app.AuthorizeAsync(victim, Generic);

        await ProviderApp.AssertRefusedAsync(victim, await victim.GetAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_code_of_another_round_is_worth_nothing()
    {
        var stolen = QueryHelpers.ParseQuery(new Uri(await _app.AuthorizeAsync(_app.Visit(), Generic)).Query)["code"];
        var thief = _app.Visit();
        var own = QueryHelpers.ParseQuery(new Uri(await _app.AuthorizeAsync(thief, Generic)).Query);

        var answer = await thief.GetAsync(QueryHelpers.AddQueryString($"/signin-oidc/{Generic}", new Dictionary<string, string?> { ["code"] = stolen, ["state"] = own["state"] }));

        await ProviderApp.AssertRefusedAsync(thief, answer, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Fact]
    public async Task A_round_ends_in_one_sign_in_even_for_a_copy_of_everything()
    {
        _provider.TakesCodesTwice = true;
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);
        var thief = visitor.Copy();
        Assert.Equal("/", (await visitor.GetAsync(back)).LocationOf());

        await ProviderApp.AssertRefusedAsync(thief, await thief.GetAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_database_that_is_away_is_no_fault_of_the_provider()
    {
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);
        _app.Database.IsAway = true;
        try
        {
            var page = await visitor.OpenAsync(back);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Equal("The portal is away for a moment", page.Heading);
        }
        finally
        {
            _app.Database.Fault = null;
        }
    }

    [Fact]
    public async Task A_round_that_took_too_long_signs_nobody_in()
    {
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);
        _app.Clock.Advance(SpentNonce.LongestRound + TimeSpan.FromSeconds(1));

        await ProviderApp.AssertRefusedAsync(visitor, await visitor.GetAsync(back), HttpStatusCode.BadRequest, "took too long");
    }

    [Fact]
    public async Task The_answer_of_one_provider_is_not_taken_for_that_of_another()
    {
        var visitor = _app.Visit();
        var back = await _app.AuthorizeAsync(visitor, Generic);

        var answer = await visitor.GetAsync(back.Replace($"/signin-oidc/{Generic}", "/signin-oidc", StringComparison.Ordinal));

        await ProviderApp.AssertRefusedAsync(visitor, answer, HttpStatusCode.BadRequest, "started in another window");
    }

    [Theory]
    [InlineData("500", HttpStatusCode.ServiceUnavailable)]
    [InlineData("silence", HttpStatusCode.ServiceUnavailable)]
    [InlineData("3 MB", HttpStatusCode.ServiceUnavailable)]
    [InlineData("HTML", HttpStatusCode.ServiceUnavailable)]
    [InlineData("twice", HttpStatusCode.ServiceUnavailable)]
    [InlineData("redirect", HttpStatusCode.BadRequest)]
    [InlineData("400", HttpStatusCode.BadRequest)]
    [InlineData("array", HttpStatusCode.BadRequest)]
    [InlineData("no token", HttpStatusCode.BadRequest)]
    [InlineData("no access token", HttpStatusCode.BadRequest)]
    public async Task A_provider_that_fails_at_the_code_signs_nobody_in(string way, HttpStatusCode status)
    {
        _provider.TokenAnswer = context => FailAsync(context, way);

        await AssertRefusedAsync(_app.Visit(), Generic, status, status == HttpStatusCode.BadRequest ? "could not be accepted" : "does not answer");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("silence")]
    [InlineData("3 MB")]
    [InlineData("HTML")]
    [InlineData("redirect")]
    [InlineData("array")]
    [InlineData("issuer")]
    [InlineData("half a letter")]
    [InlineData("http elsewhere")]
    [InlineData("no endpoint")]
    public async Task A_provider_that_does_not_describe_itself_well_is_said_to_be_away(string way)
    {
        _app.Clock.Advance(TimeSpan.FromSeconds(11));
        _provider.OtherDiscovery = context => FailAsync(context, way);
        var visitor = _app.Visit();

        await ProviderApp.AssertRefusedAsync(visitor, await visitor.GetAsync($"/sign-in/{Other}"), HttpStatusCode.ServiceUnavailable, "does not answer");
    }

    [Fact]
    public async Task New_keys_of_a_provider_count_without_a_restart()
    {
        Assert.Equal("/", (await _app.SignInWithAsync(_app.Visit(), Generic)).LocationOf());
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        _provider.RollOver();

        Assert.Equal("/", (await _app.SignInWithAsync(_app.Visit(), Generic)).LocationOf());
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_is_no_flood_of_requests()
    {
        await _app.SignInWithAsync(_app.Visit(), Generic);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        var before = _provider.KeyFetches;

        for (var number = 0; number < 10; number++)
        {
            _provider.KeyId = $"made-up-{number}";
            await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.BadRequest, "could not be accepted");
        }

        Assert.Equal(before + 1, _provider.KeyFetches);
    }

    private static Action<LoopbackProvider> Claim(string name, JsonNode? value) => provider => provider.ChangeClaims = claims =>
    {
        claims.Remove(name);
        if (value is not null)
            claims[name] = value.DeepClone();
    };

    private static Action<LoopbackProvider> Moved(string name, int seconds) => provider =>
        provider.ChangeClaims = claims => claims[name] = claims[name]!.GetValue<long>() + seconds;

    private static Action<LoopbackProvider> InTenant(string tenant) => provider => provider.ChangeClaims = claims =>
    {
        claims["tid"] = tenant;
        claims["iss"] = $"{provider.Address}/{tenant}/v2.0";
    };

    private static string Resigned(LoopbackProvider provider, string token, Func<string, string> change)
    {
        var parts = token.Split('.');
        var claims = change(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        var signed = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(provider.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private async Task FailAsync(HttpContext context, string way)
    {
        var document = _provider.Discovery($"{_provider.Address}/other");
        switch (way)
        {
            case "500" or "400":
                context.Response.StatusCode = way == "500" ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest;
                return;
            case "silence":
                await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case "3 MB":
                document["padding"] = new string('x', 3_000_000);
                break;
            case "HTML":
                await context.Response.WriteAsync("<script>alert(1)</script>");
                return;
            case "twice":
                await context.Response.WriteAsync("""{"id_token":"a","id_token":"b"}""");
                return;
            case "redirect":
                context.Response.Redirect("/keys");
                return;
            case "array":
                await context.Response.WriteAsync("[]");
                return;
            case "no access token":
                document["id_token"] = "a.b.c";
                break;
            case "no token":
                document["access_token"] = "unused";
                break;
            case "issuer":
                document["issuer"] = "https://evil.example";
                break;
            case "half a letter":
                await context.Response.WriteAsync("""{"issuer":"\ud800"}""");
                return;
            case "http elsewhere":
                document["token_endpoint"] = "http://evil.example/token";
                break;
            case "no endpoint":
                document.Remove("authorization_endpoint");
                break;
        }

        await context.Response.WriteAsJsonAsync(document);
    }

    private async Task AssertRefusedAsync(Visitor visitor, string key, HttpStatusCode status, string sentence) =>
        await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, key), status, sentence);
}

public sealed class ProviderSignInInProductionTests(ProviderSignInInProductionTests.App app) : IClassFixture<ProviderSignInInProductionTests.App>
{
    [Theory]
    [InlineData("/sign-in/house-id")]
    [InlineData("/signin-oidc/house-id?code=x&state=y")]
    [InlineData("/sign-in/local")]
    [InlineData("/forgotten-password")]
    [InlineData("/reset-password/made-up")]
    public async Task Over_http_nobody_signs_in(string address)
    {
        var visitor = app.Visit();

        var page = await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Sign-in works only over https", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies.Keys, name => name.Contains("round", StringComparison.Ordinal));
    }

    public sealed class App : PortalApp
    {
        protected override bool IsDemo => false;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment("Production");
            builder.UseSetting("KeyRing:CertificateFile", KeyCertificates.File);
            builder.UseSetting("SignIn:Providers:house-id:Authority", "https://id.example");
            builder.UseSetting("SignIn:Providers:house-id:ClientId", LoopbackProvider.Client);
            builder.UseSetting("SignIn:LocalAccounts", "true");
            builder.UseSetting("KeyRing:CertificateFile", KeyCertificates.File);
        }
    }
}
