using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>
/// An ID token, and all that must be true before it is believed: OpenID Connect Core 1.0, section 3.1.3.7, RFC 7515 and RFC 8725. The
/// signature, the issuer and the audience are IdentityModel's to check. What that version of it lets through is refused before it sees the
/// token: other algorithms, encrypted or endless tokens, names that stand twice, times that are texts.
/// </summary>
public sealed class IdToken
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, which every provider offers. There is no other.</summary>
    public const string Algorithm = SecurityAlgorithms.RsaSha256;

    /// <summary>Stands for the tenant in what Entra ID publishes for all of them.</summary>
    public const string TenantInTemplate = "{tenantid}";

    /// <summary>How many characters are looked at at all.</summary>
    public const int LongestToken = 16 * 1024;

    // Of private Microsoft accounts: anybody can have one, under any address.
    private const string ConsumerTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

    // 9999-12-31, the last second that a date can have.
    private const double LastSecond = 253402300799;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly JsonWebTokenHandler Handler = new();

    private readonly string _token;
    private readonly string? _keyId;
    private readonly JsonElement _claims;

    private IdToken(string token, string? keyId, JsonElement claims) => (_token, _keyId, _claims) = (token, keyId, claims);

    /// <exception cref="SignInRefusedException">It is no token that could ever be believed.</exception>
    public static IdToken Parse(string? token)
    {
        if (token is not { Length: > 0 and <= LongestToken } || token.Split('.') is not [var header, var payload, var signature])
            throw NotBelieved("the token is missing, too long or not of three parts");
        if (Decode(header) is not { } headerBytes || Decode(payload) is not { } payloadBytes || Decode(signature) is not { Length: > 0 })
            throw NotBelieved("the token is not base64url");

        var (head, claims) = (ReadObject(headerBytes), ReadObject(payloadBytes));
        if (ProviderDocuments.Text(head, "alg") != Algorithm)
            throw NotBelieved("the token is not signed with RS256");
        if (head.TryGetProperty("crit", out _))
            throw NotBelieved("the token demands an extension");
        if (head.TryGetProperty("typ", out _) && !string.Equals(ProviderDocuments.Text(head, "typ"), "JWT", StringComparison.OrdinalIgnoreCase))
            throw NotBelieved("the token is of another type");
        return new IdToken(token, ProviderDocuments.Text(head, "kid"), claims);
    }

    /// <summary>Whether the provider has the key that the token names.</summary>
    public bool HasKeyIn(ProviderDocument document) => KeysIn(document).Any();

    /// <param name="document">What the provider publishes.</param>
    /// <param name="provider">Which provider it is.</param>
    /// <param name="nonce">What this round to the provider was marked with.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="SignInRefusedException">It is not to be believed.</exception>
    public ProvenIdentity Verify(ProviderDocument document, SignInProvider provider, string nonce, DateTimeOffset now)
    {
        try
        {
            return VerifyClaims(document, provider, nonce, now);
        }
        catch (InvalidOperationException fault)
        {
            // A text in it is no text: half a surrogate pair, say.
            throw NotBelieved("the token cannot be read", fault);
        }
    }

    private ProvenIdentity VerifyClaims(ProviderDocument document, SignInProvider provider, string nonce, DateTimeOffset now)
    {
        var tenant = provider.IsEntra ? TenantOf() : null;
        var issuer = InTenant(document.Issuer, tenant);
        CheckSignature(document, provider, tenant, issuer);
        CheckAudience(provider.ClientId);
        CheckTimes(now);
        if (Text("nonce") is not { } marked || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(marked), Encoding.UTF8.GetBytes(nonce)))
            throw NotBelieved("it belongs to another round");
        if (Text("sub") is not { Length: > 0 and <= ExternalIdentity.LongestSubject } subject || issuer.Length > ExternalIdentity.LongestIssuer)
            throw NotBelieved("it names nobody");
        return new ProvenIdentity(issuer, tenant is null ? subject : ObjectId())
        {
            Tenant = tenant,
            IsGuest = tenant is not null && (IsTrue("acct") || (Has("idp") && Text("idp") != issuer)),
            Name = Text("name"),
            Address = Text("email") ?? Text("preferred_username"),
            AuthenticatedAt = Time("auth_time") is { } proved && proved > now ? now : Time("auth_time"),
            Session = Kept("sid"),
            SignOutHint = Kept("login_hint"),
        };
    }

    private static string InTenant(string template, string? tenant) =>
        tenant is null ? template : template.Replace(TenantInTemplate, tenant, StringComparison.Ordinal);

    private static byte[]? Decode(string part) => Base64Url.IsValid(part) && !part.Any(char.IsWhiteSpace) ? Base64Url.DecodeFromChars(part) : null;

    private static JsonElement ReadObject(byte[] json)
    {
        try
        {
            using var document = ProviderDocuments.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw NotBelieved("the token is no object");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotBelieved("the token cannot be read", fault);
        }
    }

    private static SignInRefusedException NotBelieved(string why, Exception? cause = null) => new(SignInRefusal.NotBelieved, why, cause);

    // Without a name there must be no choice (OpenID Connect Core 1.0, section 10.1).
    private IEnumerable<SigningKey> KeysIn(ProviderDocument document) =>
        _keyId is not null ? document.Keys.Where(key => key.Key.Kid == _keyId)
        : document.Keys.Count == 1 ? document.Keys
        : [];

    // A key that the provider has limited to an issuer signs for no other: at Entra ID every tenant finds all keys in one list.
    private void CheckSignature(ProviderDocument document, SignInProvider provider, string? tenant, string issuer)
    {
        var keys = KeysIn(document).Where(key => key.Issuer is null || InTenant(key.Issuer, tenant) == issuer).Select(key => key.Key).ToList();
        if (keys.Count == 0)
            throw NotBelieved("no key of the provider may have signed it");

        var result = Handler.ValidateToken(_token, new TokenValidationParameters
        {
            ValidAlgorithms = [Algorithm],
            RequireSignedTokens = true,
            IssuerSigningKeys = keys,
            ValidIssuer = issuer,
            ValidAudience = provider.ClientId,

            // By our own clock, and stricter: CheckTimes.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
            throw NotBelieved("signature, issuer or audience is wrong", result.Exception);
    }

    // We know no other audience that we could trust to keep a token to itself.
    private void CheckAudience(string client)
    {
        var isForUsAlone = _claims.TryGetProperty("aud", out var audience)
            && (audience.ValueKind == JsonValueKind.String || (audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1));
        if (!isForUsAlone || (Has("azp") && Text("azp") != client))
            throw NotBelieved("it is meant for somebody else, too");

        // Only an access token has it, and at some providers that is signed with the same key.
        if (Has("scp"))
            throw NotBelieved("it is an access token");
    }

    private void CheckTimes(DateTimeOffset now)
    {
        if (Time("exp") is not { } expires || Time("iat") is not { } issued || (Has("nbf") && Time("nbf") is null))
            throw NotBelieved("its times are missing or no times");
        if (now - Skew >= expires)
            throw NotBelieved("it has expired");
        if (now < issued - Skew || now < (Time("nbf") ?? issued) - Skew)
            throw NotBelieved("it is from the future");
    }

    private string TenantOf()
    {
        if (Text("tid") is not { } tenant || !Guid.TryParseExact(tenant, "D", out var id) || tenant != $"{id:D}" || tenant == ConsumerTenant)
            throw NotBelieved("its tenant is missing, no tenant or that of private accounts");
        if (Text("ver") != "2.0")
            throw NotBelieved("it is of another version");
        return tenant;
    }

    private string ObjectId() =>
        Text("oid") is { } subject && Guid.TryParseExact(subject, "D", out var id) ? $"{id:D}" : throw NotBelieved("it has no object id");

    private bool Has(string claim) => _claims.TryGetProperty(claim, out _);

    private string? Text(string claim) => ProviderDocuments.Text(_claims, claim);

    private string? Kept(string claim) => Text(claim) is { Length: > 0 and <= ProviderProof.Longest } text ? text : null;

    // Entra ID writes its flags in more than one way.
    private bool IsTrue(string claim) => _claims.TryGetProperty(claim, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.TryGetInt32(out var number) && number == 1,
        JsonValueKind.String => value.GetString() is "1" or "true",
        _ => false,
    };

    private DateTimeOffset? Time(string claim) =>
        _claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
