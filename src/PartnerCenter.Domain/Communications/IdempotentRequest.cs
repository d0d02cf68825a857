namespace PartnerCenter.Domain.Communications;

/// <summary>That a publisher's request was answered, so that sending it again makes nothing twice.</summary>
public sealed class IdempotentRequest
{
    private IdempotentRequest()
    {
    }

    /// <param name="apiKeyId">Whose request it was: two publishers may use the same key.</param>
    /// <param name="key">The value of the <c>Idempotency-Key</c> header.</param>
    /// <param name="bodyHash">SHA-256 of what was asked for, in hex.</param>
    /// <param name="communication">What it made.</param>
    public IdempotentRequest(string apiKeyId, string key, string bodyHash, Communication communication)
    {
        ApiKeyId = apiKeyId;
        Key = key;
        BodyHash = bodyHash;
        Communication = communication;
        CreatedAt = communication.PublishedAt;
    }

    public string ApiKeyId { get; private set; } = "";

    public string Key { get; private set; } = "";

    public string BodyHash { get; private set; } = "";

    public long CommunicationId { get; private set; }

    public Communication Communication { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }
}
