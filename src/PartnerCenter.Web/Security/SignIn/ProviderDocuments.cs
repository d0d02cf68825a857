using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>What a provider publishes about itself.</summary>
/// <param name="Issuer">The issuer of its tokens; at Entra ID with <c>{tenantid}</c> in the place of the tenant.</param>
/// <param name="AuthorizationEndpoint">Where a browser is sent to.</param>
/// <param name="TokenEndpoint">Where codes become tokens.</param>
/// <param name="TakesSecretInForm">Whether the client's secret may stand in the form, and not only in a header.</param>
/// <param name="NamesItself">Whether its answers carry <c>iss</c> (RFC 9207), which then must not be missing.</param>
/// <param name="EndSessionEndpoint">Where a browser is sent to at sign-out; null if it has no such place.</param>
/// <param name="Keys">What its tokens are signed with.</param>
public sealed record ProviderDocument(
    string Issuer,
    Uri AuthorizationEndpoint,
    Uri TokenEndpoint,
    bool TakesSecretInForm,
    bool NamesItself,
    Uri? EndSessionEndpoint,
    IReadOnlyList<SigningKey> Keys);

/// <param name="Issuer">The only issuer that may sign with it, where the provider says so; <c>{tenantid}</c> in it stands for each tenant.</param>
/// <param name="Key">The public key.</param>
public sealed record SigningKey(string? Issuer, JsonWebKey Key);

/// <summary>
/// Fetches what a provider publishes and remembers it: for an hour, and beyond that for as long as the provider cannot be reached. All
/// who wait share one fetch. A token with an unknown key asks anew, but not more often than every five minutes, so that a flood of
/// tokens with made-up keys does not become a flood of requests.
/// </summary>
/// <remarks>IdentityModel's own ConfigurationManager reads the clock of the machine, trusts every answer's size and asks every 30 s.</remarks>
public sealed class ProviderDocuments(SignInProvider provider, HttpClient http, TimeProvider time, bool isDevelopment)
{
    /// <summary>How often unknown keys may cause a fetch.</summary>
    public static readonly TimeSpan BetweenUnknownKeys = TimeSpan.FromMinutes(5);

    private const int MostKeys = 50;

    // RFC 7518, section 3.3.
    private const int FewestBitsOfModulus = 2048;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private ProviderDocument? _last;
    private Task<ProviderDocument>? _running;
    private long _readAt;
    private long? _failedAt;
    private long? _askedForKeyAt;

    /// <exception cref="SignInRefusedException">The provider is away, and nothing of it is known yet.</exception>
    public Task<ProviderDocument> ReadAsync()
    {
        lock (_lock)
            return _last is { } known && time.GetElapsedTime(_readAt) < Fresh ? Task.FromResult(known) : ReadAgain();
    }

    /// <summary>Asks anew because a token names a key that is not known; too soon after the last time, it is what is known.</summary>
    public Task<ProviderDocument> ReadForUnknownKeyAsync()
    {
        lock (_lock)
        {
            if (_last is { } known && _askedForKeyAt is { } asked && time.GetElapsedTime(asked) < BetweenUnknownKeys)
                return Task.FromResult(known);

            _askedForKeyAt = time.GetTimestamp();
            return ReadAgain();
        }
    }

    /// <summary>Reads JSON in which each name stands once: two readers must not understand it differently.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });

    internal static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private Task<ProviderDocument> ReadAgain()
    {
        if (_running is { IsCompleted: false })
            return _running;
        if (_failedAt is { } failed && time.GetElapsedTime(failed) < PauseAfterFailure)
        {
            return _last is { } known
                ? Task.FromResult(known)
                : Task.FromException<ProviderDocument>(new SignInRefusedException(SignInRefusal.ProviderAway, "the provider could not be reached a moment ago"));
        }

        return _running = FetchAndRememberAsync();
    }

    private async Task<ProviderDocument> FetchAndRememberAsync()
    {
        try
        {
            var document = await FetchAsync();
            lock (_lock)
                (_last, _readAt, _failedAt) = (document, time.GetTimestamp(), null);
            return document;
        }
        catch (Exception fault) when (SignInRefusedException.Explain(fault) is { } refused)
        {
            lock (_lock)
                _failedAt = time.GetTimestamp();
            return _last ?? throw new SignInRefusedException(refused.Reason, refused.Message, fault);
        }
    }

    private async Task<ProviderDocument> FetchAsync()
    {
        try
        {
            return await FetchBothAsync();
        }
        catch (InvalidOperationException fault)
        {
            // A text in them is no text: half a surrogate pair, say.
            throw new SignInRefusedException(SignInRefusal.ProviderAway, "its documents cannot be read", fault);
        }
    }

    private async Task<ProviderDocument> FetchBothAsync()
    {
        using var discovery = await GetAsync(new Uri($"{provider.Authority}/.well-known/openid-configuration"));
        var root = discovery.RootElement;
        var issuer = Text(root, "issuer");
        if (issuer is null || !IsIssuerOf(issuer))
            throw Unusable("its discovery document names another issuer");

        using var keys = await GetAsync(Endpoint(root, "jwks_uri"));
        return new ProviderDocument(
            issuer,
            Endpoint(root, "authorization_endpoint"),
            Endpoint(root, "token_endpoint"),
            root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods)
                && methods.ValueKind == JsonValueKind.Array
                && methods.EnumerateArray().Any(method => method.ValueKind == JsonValueKind.String && method.ValueEquals("client_secret_post")),
            root.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True,
            root.TryGetProperty("end_session_endpoint", out _) ? Endpoint(root, "end_session_endpoint") : null,
            ReadKeys(keys.RootElement));
    }

    // OpenID Connect Discovery 1.0, section 4.3. Behind one authority of Entra ID stands either one tenant or a template for all.
    private bool IsIssuerOf(string issuer) =>
        issuer.TrimEnd('/') == provider.Authority
        || (provider.IsEntra && issuer == provider.IssuerOf(IdToken.TenantInTemplate));

    private async Task<JsonDocument> GetAsync(Uri address)
    {
        using var answer = await http.GetAsync(address);
        if (!answer.IsSuccessStatusCode)
            throw Unusable("it does not give out its documents");

        var document = Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Unusable("its document is no object");
    }

    private Uri Endpoint(JsonElement root, string name) =>
        Uri.TryCreate(Text(root, name), UriKind.Absolute, out var address) && SignInProviders.IsSafe(address, isDevelopment)
            ? address
            : throw Unusable("an endpoint is missing or not https");

    private static List<SigningKey> ReadKeys(JsonElement root)
    {
        if (!root.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() > MostKeys)
            throw Unusable("it has no list of keys, or an endless one");
        return [.. keys.EnumerateArray().Select(ReadKey).OfType<SigningKey>()];
    }

    // A key of another kind, or for something else, is not ours to judge.
    private static SigningKey? ReadKey(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object
            || Text(key, "kty") != JsonWebAlgorithmsKeyTypes.RSA
            || Text(key, "use") is not (null or JsonWebKeyUseNames.Sig)
            || Text(key, "alg") is not (null or IdToken.Algorithm)
            || Text(key, "n") is not { } modulus
            || Text(key, "e") is not { Length: > 0 } exponent
            || !Base64Url.IsValid(modulus)
            || !Base64Url.IsValid(exponent))
        {
            return null;
        }

        var read = new JsonWebKey { Kty = JsonWebAlgorithmsKeyTypes.RSA, Kid = Text(key, "kid"), N = modulus, E = exponent };
        return read.KeySize >= FewestBitsOfModulus ? new SigningKey(Text(key, "issuer"), read) : null;
    }

    private static SignInRefusedException Unusable(string why) => new(SignInRefusal.ProviderAway, why);
}
