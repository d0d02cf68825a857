using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

/// <summary>Sign-in by identity providers that really run, with tokens and answers of every bad kind.</summary>
public sealed class ProviderSignInTests : IClassFixture<ProviderSignInTests.App>
{
    private const string Generic = "house-id";
    private const string Entra = "entra";
    private const string Other = "other";
    private const string Session = "pc";

    private static int _people;

    private readonly App _app;
    private readonly LoopbackProvider _provider;

    public ProviderSignInTests(App app)
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
        ["half a letter"] = provider => provider.ChangeToken = token => Resigned(provider, token, json => json.Replace("subject-of-nobody", "\\ud800", StringComparison.Ordinal)),
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
    public async Task Somebody_who_was_invited_signs_in_and_is_known_by_identity_from_then_on(string key)
    {
        var (person, address) = await InviteAsync();
        var oid = $"{Guid.NewGuid()}";
        _provider.ChangeClaims = claims =>
        {
            Named(address)(claims);
            claims["oid"] = oid;
        };
        var visitor = _app.Visit();
        visitor.Keep(Session, "planted-by-somebody-else");

        var answer = await SignInAsync(visitor, key);

        Assert.Equal("/", answer.LocationOf());
        Assert.NotEqual("planted-by-somebody-else", visitor.Cookies[Session]);
        Assert.Equal(person, await PersonOfAsync(visitor));
        _provider.ChangeClaims = claims =>
        {
            Named("another-address@elsewhere.example")(claims);
            claims["sub"] = $"subject of {address}";
            claims["oid"] = oid;
        };
        var later = _app.Visit();
        Assert.Equal("/", (await SignInAsync(later, key)).LocationOf());
        Assert.Equal(person, await PersonOfAsync(later));
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
        var (_, address) = await InviteAsync();
        Lies[lie](_provider);
        var change = _provider.ChangeClaims;
        _provider.ChangeClaims = claims =>
        {
            claims["email"] = address;
            claims["email_verified"] = true;
            change(claims);
        };

        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Theory]
    [MemberData(nameof(NamesOfEntraLies))]
    public async Task A_token_of_Entra_is_not_believed_that_is(string lie)
    {
        var (_, address) = await InviteAsync();
        EntraLies[lie](_provider);
        var change = _provider.ChangeClaims;
        _provider.ChangeClaims = claims =>
        {
            claims["upn"] = address;
            change(claims);
        };

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Fact]
    public async Task A_tenant_that_nobody_configured_is_told_so()
    {
        InTenant("99999999-2222-4333-8444-555555555555")(_provider);

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.Forbidden, "is not set up for sign-in on this portal");
    }

    [Theory]
    [InlineData("acct", "1")]
    [InlineData("idp", "https://sts.windows.net/99999999-2222-4333-8444-555555555555/")]
    public async Task A_guest_of_a_tenant_is_sent_to_the_own_account(string claim, string value)
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = claims =>
        {
            claims["upn"] = address;
            claims[claim] = value;
        };

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.Forbidden, "as a guest");
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

        await AssertRefusedAsync(_app.Visit(), Entra, HttpStatusCode.Forbidden, "has no access");
    }

    public static TheoryData<string, string> AddressesThatConnectNobody => new()
    {
        { Generic, """{"email":"ADDRESS"}""" },
        { Generic, """{"email":"ADDRESS","email_verified":false}""" },
        { Generic, """{"email":"ADDRESS","email_verified":"true"}""" },
        { Generic, """{"email":"ADDRESS","email_verified":1}""" },
        { Generic, """{"upn":"ADDRESS","preferred_username":"ADDRESS","email_verified":true}""" },
        { Generic, """{"email":["ADDRESS"],"email_verified":true}""" },
        { Generic, """{"email":"x@ADDRESS","email_verified":true}""" },
        { Generic, """{"email":" ADDRESS","email_verified":true}""" },
        { Generic, """{"email":"\u017FADDRESS","email_verified":true}""" },
        { Entra, """{"email":"ADDRESS"}""" },
        { Entra, """{"email":"ADDRESS","email_verified":true}""" },
        { Entra, """{"email":"ADDRESS","xms_edov":false}""" },
        { Entra, """{"email":"ADDRESS","xms_edov":"0"}""" },
        { Entra, """{"preferred_username":"ADDRESS","unique_name":"ADDRESS"}""" },
    };

    [Theory]
    [MemberData(nameof(AddressesThatConnectNobody))]
    public async Task An_address_that_nobody_has_verified_connects_nobody(string key, string claims)
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = all =>
        {
            foreach (var (name, value) in JsonNode.Parse(claims.Replace("ADDRESS", address, StringComparison.Ordinal))!.AsObject())
                all[name] = value!.DeepClone();
        };

        await AssertRefusedAsync(_app.Visit(), key, HttpStatusCode.Forbidden, "has no access");
    }

    [Theory]
    [InlineData(Generic)]
    [InlineData(Entra)]
    public async Task An_address_of_a_domain_that_the_provider_may_not_speak_for_connects_nobody(string key)
    {
        var (_, address) = await InviteAsync("not-theirs.example");
        _provider.ChangeClaims = Named(address);

        await AssertRefusedAsync(_app.Visit(), key, HttpStatusCode.Forbidden, "has no access");
    }

    [Fact]
    public async Task Whoever_has_an_identity_gets_no_second_one_by_address()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        await SignInAsync(_app.Visit(), Generic);
        _provider.ChangeClaims = claims =>
        {
            Named(address)(claims);
            claims["sub"] = "who got the address afterwards";
        };

        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.Forbidden, "has no access");
    }

    [Fact]
    public async Task Somebody_nobody_knows_and_somebody_who_is_disabled_read_the_same()
    {
        var (person, address) = await InviteAsync();
        await _app.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(other => other.Id == person)).Disable();
            return await db.SaveChangesAsync();
        });
        var people = await _app.InDatabaseAsync(db => db.People.CountAsync());
        _provider.ChangeClaims = Named(address);
        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.Forbidden, "This account has no access to the portal.");
        _provider.ChangeClaims = Named("nobody-ever@partner.example");

        await AssertRefusedAsync(_app.Visit(), Generic, HttpStatusCode.Forbidden, "This account has no access to the portal.");

        Assert.Equal(people, await _app.InDatabaseAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task The_refusal_is_said_in_Dutch_too()
    {
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);
        var request = new HttpRequestMessage(HttpMethod.Get, back);
        request.Headers.AcceptLanguage.ParseAdd("nl");

        var page = await visitor.ReadAsync(await visitor.SendAsync(request));

        Assert.Equal("U bent niet aangemeld", page.Heading);
        Assert.Contains("Dit account heeft geen toegang tot het portaal.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_lands_where_one_wanted_to_go()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var visitor = _app.Visit();
        var start = await visitor.FollowAsync(await visitor.GetAsync("/o/alpine-cloud/action-center?view=notifications"));

        var back = await AuthorizeAsync(visitor, start.Find($"a[href^='/sign-in/{Generic}']").GetAttribute("href")!, isAddress: true);

        Assert.Equal("/o/alpine-cloud/action-center?view=notifications", (await visitor.GetAsync(back)).LocationOf());
    }

    [Theory]
    [MemberData(nameof(ReturnAddressTests.Elsewhere), MemberType = typeof(ReturnAddressTests))]
    public async Task An_address_elsewhere_is_not_followed_after_the_provider(string elsewhere)
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var visitor = _app.Visit();

        var back = await AuthorizeAsync(visitor, $"/sign-in/{Generic}?returnUrl={Uri.EscapeDataString(elsewhere)}", isAddress: true);

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
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var visitor = _app.Visit();
        var query = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(visitor, Generic)).Query);
        var twisted = answer.Replace("CODE", query["code"], StringComparison.Ordinal).Replace("STATE", query["state"], StringComparison.Ordinal);

        await AssertRefusedAsync(visitor, await visitor.GetAsync($"/signin-oidc/{Generic}{twisted}"), HttpStatusCode.BadRequest, sentence);
    }

    [Theory]
    [InlineData("temporarily_unavailable")]
    [InlineData("server_error")]
    public async Task A_provider_that_says_it_is_away_is_said_to_be_away(string error)
    {
        var visitor = _app.Visit();
        var query = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(visitor, Generic)).Query);

        var answer = await visitor.GetAsync(QueryHelpers.AddQueryString($"/signin-oidc/{Generic}", new Dictionary<string, string?> { ["error"] = error, ["state"] = query["state"] }));

        await AssertRefusedAsync(visitor, answer, HttpStatusCode.ServiceUnavailable, "does not answer");
    }

    [Fact]
    public async Task An_answer_in_a_form_signs_nobody_in()
    {
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);

        await AssertRefusedAsync(visitor, await visitor.PostWithoutTokenAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_round_that_another_browser_began_signs_nobody_in()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var back = await AuthorizeAsync(_app.Visit(), Generic);
        var victim = _app.Visit();
        await AuthorizeAsync(victim, Generic);

        await AssertRefusedAsync(victim, await victim.GetAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_code_of_another_round_is_worth_nothing()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var stolen = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(_app.Visit(), Generic)).Query)["code"];
        var thief = _app.Visit();
        var own = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(thief, Generic)).Query);

        var answer = await thief.GetAsync(QueryHelpers.AddQueryString($"/signin-oidc/{Generic}", new Dictionary<string, string?> { ["code"] = stolen, ["state"] = own["state"] }));

        await AssertRefusedAsync(thief, answer, HttpStatusCode.BadRequest, "could not be accepted");
    }

    [Fact]
    public async Task A_round_ends_in_one_sign_in_even_for_a_copy_of_everything()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        _provider.TakesCodesTwice = true;
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);
        var thief = visitor.Copy();
        Assert.Equal("/", (await visitor.GetAsync(back)).LocationOf());

        await AssertRefusedAsync(thief, await thief.GetAsync(back), HttpStatusCode.BadRequest, "started in another window");
    }

    [Fact]
    public async Task A_round_is_forgotten_once_it_is_too_old_to_count()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        await SignInAsync(_app.Visit(), Generic);
        _app.Clock.Advance(TimeSpan.FromHours(1));
        var (_, later) = await InviteAsync();
        _provider.ChangeClaims = Named(later);
        await SignInAsync(_app.Visit(), Generic);

        await _app.InDatabaseAsync(db => new SpentNonces(db).ForgetAsync(_app.Clock.Now - SpentNonce.LongestRound));

        Assert.Equal([_app.Clock.Now], await _app.InDatabaseAsync(db => db.SpentNonces.Select(nonce => nonce.SpentAt).ToListAsync()));
    }

    [Fact]
    public async Task A_database_that_is_away_is_no_fault_of_the_provider()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);
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
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);
        _app.Clock.Advance(SpentNonce.LongestRound + TimeSpan.FromSeconds(1));

        await AssertRefusedAsync(visitor, await visitor.GetAsync(back), HttpStatusCode.BadRequest, "took too long");
    }

    [Fact]
    public async Task The_answer_of_one_provider_is_not_taken_for_that_of_another()
    {
        var visitor = _app.Visit();
        var back = await AuthorizeAsync(visitor, Generic);

        var answer = await visitor.GetAsync(back.Replace($"/signin-oidc/{Generic}", $"/signin-oidc/{Entra}", StringComparison.Ordinal));

        await AssertRefusedAsync(visitor, answer, HttpStatusCode.BadRequest, "started in another window");
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

        await AssertRefusedAsync(visitor, await visitor.GetAsync($"/sign-in/{Other}"), HttpStatusCode.ServiceUnavailable, "does not answer");
    }

    [Fact]
    public async Task New_keys_of_a_provider_count_without_a_restart()
    {
        var (_, address) = await InviteAsync();
        _provider.ChangeClaims = Named(address);
        Assert.Equal("/", (await SignInAsync(_app.Visit(), Generic)).LocationOf());
        _app.Clock.Advance(TimeSpan.FromMinutes(6));
        _provider.RollOver();
        _provider.ChangeClaims = Named(address);

        Assert.Equal("/", (await SignInAsync(_app.Visit(), Generic)).LocationOf());
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_is_no_flood_of_requests()
    {
        await SignInAsync(_app.Visit(), Generic);
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

    // What both kinds of provider say about somebody whose address they have verified.
    private static Action<JsonObject> Named(string address) => claims =>
    {
        claims["sub"] = $"subject of {address}";
        claims["email"] = address;
        claims["email_verified"] = true;
        claims["xms_edov"] = true;
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

    private async Task<(int Id, string Address)> InviteAsync(string domain = "partner.example")
    {
        var person = new Person("Petra", $"petra-{Interlocked.Increment(ref _people)}@{domain}");
        await _app.InDatabaseAsync(db =>
        {
            db.Add(person);
            return db.SaveChangesAsync();
        });
        return (person.Id, person.SignInAddress);
    }

    private Task<int> PersonOfAsync(Visitor visitor)
    {
        var hash = Secret.Hash(visitor.Cookies[Session]);
        return _app.InDatabaseAsync(db => db.Sessions.Where(session => session.IdHash == hash).Select(session => session.PersonId).SingleAsync());
    }

    private async Task<HttpResponseMessage> SignInAsync(Visitor visitor, string key) => await visitor.GetAsync(await AuthorizeAsync(visitor, key));

    // To the provider, which lets everybody in, and back to our doorstep.
    private async Task<string> AuthorizeAsync(Visitor visitor, string keyOrAddress, bool isAddress = false)
    {
        var challenge = await visitor.GetAsync(isAddress ? keyOrAddress : $"/sign-in/{keyOrAddress}");
        return (await _app.Browser.GetAsync(new Uri(challenge.LocationOf()))).LocationOf();
    }

    private async Task AssertRefusedAsync(Visitor visitor, string key, HttpStatusCode status, string sentence) =>
        await AssertRefusedAsync(visitor, await SignInAsync(visitor, key), status, sentence);

    private async Task AssertRefusedAsync(Visitor visitor, HttpResponseMessage answer, HttpStatusCode status, string sentence)
    {
        var page = await visitor.ReadAsync(answer);
        Assert.Equal(status, page.Status);
        Assert.Equal("You are not signed in", page.Heading);
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Session, visitor.Cookies.Keys);
        Assert.DoesNotContain(answer.CookiesSet(), cookie => cookie.Name == Session && cookie.Value.Length > 0);
    }

    public sealed class App : PortalApp
    {
        public App() => Provider = new LoopbackProvider(Clock);

        public LoopbackProvider Provider { get; }

        /// <summary>Takes a visitor to the provider, where nobody follows redirects either.</summary>
        public HttpClient Browser { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Provider.DisposeAsync();
            Browser.Dispose();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("SignIn:TimeoutSeconds", "2");
            Configure(builder, Generic, Provider.Address);
            builder.UseSetting($"SignIn:Providers:{Generic}:Name", "House ID");
            builder.UseSetting($"SignIn:Providers:{Generic}:AddressDomains", "partner.example");
            Configure(builder, Other, $"{Provider.Address}/other");
            Configure(builder, Entra, $"{Provider.Address}/organizations/v2.0");
            builder.UseSetting($"SignIn:Providers:{Entra}:Kind", "Entra");
            builder.UseSetting($"SignIn:Providers:{Entra}:Tenants:{LoopbackProvider.Tenant}", "partner.example");
        }

        private static void Configure(IWebHostBuilder builder, string key, string authority)
        {
            builder.UseSetting($"SignIn:Providers:{key}:Authority", authority);
            builder.UseSetting($"SignIn:Providers:{key}:ClientId", LoopbackProvider.Client);
            builder.UseSetting($"SignIn:Providers:{key}:ClientSecret", LoopbackProvider.Secret);
        }
    }
}

public sealed class ProviderSignInInProductionTests(ProviderSignInInProductionTests.App app) : IClassFixture<ProviderSignInInProductionTests.App>
{
    [Theory]
    [InlineData("/sign-in/house-id")]
    [InlineData("/signin-oidc/house-id?code=x&state=y")]
    public async Task Over_http_nobody_signs_in(string address)
    {
        var visitor = app.Visit();

        var page = await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Sign-in works only over https", page.Text, StringComparison.Ordinal);
        Assert.Empty(visitor.Cookies.Keys.Where(name => name.Contains("round", StringComparison.Ordinal)));
    }

    public sealed class App : PortalApp
    {
        protected override bool IsDemo => false;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment("Production");
            builder.UseSetting("SignIn:Providers:house-id:Authority", "https://id.example");
            builder.UseSetting("SignIn:Providers:house-id:ClientId", LoopbackProvider.Client);
        }
    }
}
