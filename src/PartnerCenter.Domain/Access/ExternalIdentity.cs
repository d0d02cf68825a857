using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// Who somebody is at an identity provider: the issuer and its name for them that never changes and is never given away again. For a
/// person that is all that counts at sign-in; addresses change hands.
/// </summary>
public sealed class ExternalIdentity
{
    /// <summary>How many characters the address of an issuer can have.</summary>
    public const int LongestIssuer = 400;

    /// <summary>How many characters a subject can have: OpenID Connect Core 1.0, section 2.</summary>
    public const int LongestSubject = 255;

    private ExternalIdentity()
    {
    }

    /// <param name="issuer">The issuer as its tokens name it; with many tenants, that of the one tenant.</param>
    /// <param name="subject">The <c>oid</c> at Entra ID, the <c>sub</c> elsewhere.</param>
    /// <param name="person">Who it is here.</param>
    /// <param name="now">When this was found out, in UTC.</param>
    public ExternalIdentity(string issuer, string subject, Person person, DateTime now)
    {
        KeyHash = KeyOf(issuer, subject);
        Issuer = issuer;
        Subject = subject;
        Person = person;
        BoundAt = now;
    }

    /// <summary>For look-ups: the two database engines do not compare letters alike, and subjects differ by case.</summary>
    public string KeyHash { get; private set; } = "";

    public string Issuer { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public DateTime BoundAt { get; private set; }

    // No address has a line break in it, so no two pairs look the same.
    public static string KeyOf(string issuer, string subject) => Secret.Hash($"{issuer}\n{subject}");
}
