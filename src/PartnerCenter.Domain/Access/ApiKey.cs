using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Domain.Access;

/// <summary>The key of another system: <c>pck_{id}_{secret}</c>. It is shown once; the row keeps the hash of the secret.</summary>
public sealed class ApiKey
{
    private const string Prefix = "pck_";

    private ApiKey()
    {
    }

    private ApiKey(string id, string secret, string name, DateTime now, DateTime expiresAt, ApiKeyPurpose purpose)
    {
        Purpose = purpose;
        Id = id;
        SecretHash = Secret.Hash(secret);
        Name = name;
        CreatedAt = now;
        ExpiresAt = expiresAt;
    }

    /// <summary>The public part: lower-case letters and digits.</summary>
    public string Id { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>What it may be used for, and for nothing else.</summary>
    public ApiKeyPurpose Purpose { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    /// <summary>Limits; a sort of which there is no row has no limit.</summary>
    public List<ApiKeyLimit> Limits { get; private set; } = [];

    /// <summary>Makes a key.</summary>
    /// <param name="id">The public part.</param>
    /// <param name="secret">The secret part, from <see cref="Secret.Create"/>.</param>
    /// <param name="name">What it is for; communications carry it as their publisher.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="lifetime">How long it may be used.</param>
    /// <param name="token">What the other system sends: shown once, stored nowhere.</param>
    /// <param name="purpose">What it may be used for.</param>
    public static ApiKey Create(
        string id,
        string secret,
        string name,
        DateTime now,
        TimeSpan lifetime,
        out string token,
        ApiKeyPurpose purpose = ApiKeyPurpose.Publishing)
    {
        token = $"{Prefix}{id}_{secret}";
        return new ApiKey(id, secret, name, now, now + lifetime, purpose);
    }

    /// <summary>Takes a token apart.</summary>
    /// <returns>False if it does not look like a token at all.</returns>
    public static bool TryParse(string token, out string id, out string secret)
    {
        (id, secret) = ("", "");
        var end = token.IndexOf('_', Math.Min(Prefix.Length, token.Length));
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || end < 0 || token.Length > 200)
            return false;

        (id, secret) = (token[Prefix.Length..end], token[(end + 1)..]);
        return id.Length > 0 && secret.Length > 0;
    }

    public void LimitTo(ApiKeyLimitOf of, IEnumerable<string> values) =>
        Limits.AddRange(values.Distinct().Select(value => new ApiKeyLimit(of, value)));

    public void Revoke(DateTime now) => RevokedAt ??= now;

    public bool IsValidAt(DateTime now) => RevokedAt is null && now < ExpiresAt;

    public bool HasSecret(string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(Secret.Hash(secret)));

    public PublishingGrant Grant() => new(
        Name, ValuesOf(ApiKeyLimitOf.Organization), ValuesOf(ApiKeyLimitOf.Workspace), ValuesOf(ApiKeyLimitOf.Kind));

    private List<string>? ValuesOf(ApiKeyLimitOf of) =>
        Limits.Where(limit => limit.Of == of).Select(limit => limit.Value).ToList() is { Count: > 0 } values ? values : null;
}

/// <summary>What an API key may be used for.</summary>
public enum ApiKeyPurpose
{
    /// <summary>To publish communications and to ask how far they have come.</summary>
    Publishing,

    /// <summary>To tell what became of mails after they were handed over.</summary>
    MailEvents,
}

/// <summary>One value that an API key may use.</summary>
public sealed class ApiKeyLimit
{
    private ApiKeyLimit()
    {
    }

    internal ApiKeyLimit(ApiKeyLimitOf of, string value)
    {
        Of = of;
        Value = value;
    }

    public int Id { get; private set; }

    public string ApiKeyId { get; private set; } = "";

    public ApiKeyLimitOf Of { get; private set; }

    public string Value { get; private set; } = "";
}

/// <summary>What an API key can be limited in.</summary>
public enum ApiKeyLimitOf
{
    Organization,
    Workspace,
    Kind,
}
