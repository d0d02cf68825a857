using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PartnerCenter.Tests.Support;

/// <summary>
/// An OpenID provider on a port of this machine: discovery, keys, authorization with PKCE and codes that count once. It is honest until
/// a test makes it lie. Below <c>/organizations/v2.0</c> it is Entra ID with its many tenants.
/// </summary>
public sealed class LoopbackProvider : IAsyncDisposable
{
    public const string Client = "the-portal";
    public const string Secret = "a secret: + and %";
    public const string Tenant = "11111111-2222-4333-8444-555555555555";

    /// <summary>Whom it vouches for, unless a test says otherwise: its <c>sub</c>, and at Entra ID its <c>oid</c>.</summary>
    public const string Subject = "subject-of-somebody";
    public const string ObjectId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    private readonly ConcurrentDictionary<string, (string Redirect, string Nonce, string Challenge, bool IsEntra)> _codes = new();
    private readonly WebApplication _app;
    private readonly FixedTime _clock;
    private RSA _key = RSA.Create(2048);
    private int _keyNumber = 1;

    public LoopbackProvider(FixedTime clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Discovery(Address!));
        _app.MapGet("/organizations/v2.0/.well-known/openid-configuration", () => Discovery($"{Address}/{{tenantid}}/v2.0", "organizations/oauth2/"));
        _app.MapGet("/other/.well-known/openid-configuration", (HttpContext context) => OtherDiscovery(context));
        _app.MapGet("/keys", () => Keys());
        _app.MapGet("/organizations/oauth2/keys", () => Keys());
        _app.MapGet("/authorize", (HttpContext context) => Authorize(context, isEntra: false));
        _app.MapGet("/{tenant}/oauth2/authorize", (HttpContext context) => Authorize(context, isEntra: true));
        _app.MapPost("/token", (HttpContext context) => TokenAnswer(context));
        _app.MapPost("/organizations/oauth2/token", (HttpContext context) => TokenAnswer(context));
        _app.Start();
        Address = _app.Urls.Single();
        BeHonest();
    }

    public string Address { get; }

    /// <summary>The issuer of its tokens.</summary>
    public string Issuer => Address;

    /// <summary>The issuer of the tokens of its tenant.</summary>
    public string TenantIssuer => $"{Address}/{Tenant}/v2.0";

    /// <summary>How often its keys were fetched.</summary>
    public int KeyFetches { get; private set; }

    public RSA Key => _key;

    public string KeyId { get; set; } = "";

    public Action<JsonObject> ChangeHeader { get; set; } = null!;

    public Action<JsonObject> ChangeClaims { get; set; } = null!;

    public Action<JsonObject> ChangeKey { get; set; } = null!;

    public Func<byte[], byte[]> Sign { get; set; } = null!;

    public Func<string, string> ChangeToken { get; set; } = null!;

    public Func<HttpContext, Task> TokenAnswer { get; set; } = null!;

    public Func<HttpContext, Task> OtherDiscovery { get; set; } = null!;

    /// <summary>Whether it takes a code twice, as no provider should.</summary>
    public bool TakesCodesTwice { get; set; }

    public JsonObject Discovery(string issuer, string below = "") => new()
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = $"{Address}/{below}authorize",
        ["token_endpoint"] = $"{Address}/{below}token",
        ["jwks_uri"] = $"{Address}/{below}keys",
        ["end_session_endpoint"] = $"{Address}/{below}end",
        ["token_endpoint_auth_methods_supported"] = below.Length == 0 ? new JsonArray("client_secret_basic") : new JsonArray("client_secret_post"),
    };

    public void BeHonest()
    {
        KeyId = $"key-{_keyNumber}";
        ChangeHeader = ChangeClaims = ChangeKey = _ => { };
        Sign = signed => _key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        ChangeToken = token => token;
        TokenAnswer = RedeemAsync;
        OtherDiscovery = context => context.Response.WriteAsJsonAsync(Discovery($"{Address}/other"));
        TakesCodesTwice = false;
    }

    /// <summary>From now on it signs with another key.</summary>
    public void RollOver()
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keyNumber++;
        BeHonest();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private JsonObject Keys()
    {
        KeyFetches++;
        var published = _key.ExportParameters(includePrivateParameters: false);
        var key = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = $"key-{_keyNumber}",
            ["n"] = Base64Url.EncodeToString(published.Modulus),
            ["e"] = Base64Url.EncodeToString(published.Exponent),
        };
        ChangeKey(key);
        return new JsonObject { ["keys"] = new JsonArray(key, new JsonObject { ["kty"] = "EC", ["kid"] = "of-another-kind" }) };
    }

    // There is nobody to type a password: whoever comes is let in.
    private IResult Authorize(HttpContext context, bool isEntra)
    {
        var query = context.Request.Query;
        Assert.Equal(Client, query["client_id"]);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        var code = $"{Guid.NewGuid():N}";
        _codes[code] = (query["redirect_uri"]!, query["nonce"]!, query["code_challenge"]!, isEntra);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task RedeemAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var basic = $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client}:{Uri.EscapeDataString(Secret)}"))}";
        if (!_codes.TryGetValue(form["code"].ToString(), out var round)
            || form["grant_type"] != "authorization_code"
            || form["redirect_uri"] != round.Redirect
            || (round.IsEntra ? form["client_secret"] != Secret : context.Request.Headers.Authorization != basic)
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != round.Challenge)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "<script>alert(1)</script>" });
            return;
        }

        if (!TakesCodesTwice)
            _codes.TryRemove(form["code"].ToString(), out _);
        await context.Response.WriteAsJsonAsync(new JsonObject { ["access_token"] = "unused", ["token_type"] = "Bearer", ["id_token"] = IdToken(round.Nonce, round.IsEntra) });
    }

    private string IdToken(string nonce, bool isEntra)
    {
        var now = new DateTimeOffset(_clock.Now).ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId };
        var claims = new JsonObject
        {
            ["iss"] = isEntra ? TenantIssuer : Issuer,
            ["aud"] = Client,
            ["sub"] = Subject,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = nonce,
        };
        if (isEntra)
        {
            claims["tid"] = Tenant;
            claims["oid"] = ObjectId;
            claims["ver"] = "2.0";
        }

        ChangeHeader(header);
        ChangeClaims(claims);
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return ChangeToken($"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}");
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
