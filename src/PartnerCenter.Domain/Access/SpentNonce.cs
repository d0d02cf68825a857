namespace PartnerCenter.Domain.Access;

/// <summary>That a round to an identity provider has ended in a sign-in: it cannot end in another one, whoever holds a copy of it.</summary>
public sealed class SpentNonce
{
    /// <summary>How long somebody may take at the provider; what is older is refused for its age and need not be remembered.</summary>
    public static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(15);

    private SpentNonce()
    {
    }

    public SpentNonce(string nonce, DateTime now)
    {
        NonceHash = Secret.Hash(nonce);
        SpentAt = now;
    }

    public string NonceHash { get; private set; } = "";

    public DateTime SpentAt { get; private set; }
}
