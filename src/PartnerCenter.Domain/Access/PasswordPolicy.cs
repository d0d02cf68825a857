namespace PartnerCenter.Domain.Access;

/// <summary>
/// What can be a password: anything long enough that is not among the first that somebody would try. No rule says which signs must be
/// in it, because such rules lead people to <c>Password1!</c> (NIST SP 800-63B, section 3.1.1.2; ASVS 5.0 6.2).
/// </summary>
public static class PasswordPolicy
{
    /// <summary>How many characters it has at least. ASVS 5.0 6.2.1 asks for 8 and recommends 15.</summary>
    public const int Shortest = 12;

    /// <summary>How many characters it can have; the hash is as long whatever it is made from.</summary>
    public const int Longest = 256;

    /// <param name="password">What was typed; every character counts, spaces too.</param>
    /// <param name="context">What others know: the person's name and address, the organization, the product.</param>
    public static Verdict May(string password, IEnumerable<string?> context)
    {
        var characters = password.EnumerateRunes().Count();
        return characters < Shortest ? Verdict.Refused(Reasons.PasswordTooShort(Shortest))
            : characters > Longest ? Verdict.Refused(Reasons.PasswordTooLong(Longest))
            : CommonPasswords.Has(password) ? Verdict.Refused(Reasons.PasswordIsCommon)
            : CommonPasswords.IsMadeOf(password, context) ? Verdict.Refused(Reasons.PasswordIsAboutYou)
            : Verdict.Allowed;
    }

    /// <summary>The words of a text that can be recognized in a password.</summary>
    internal static IEnumerable<string> WordsOf(string text) =>
        CommonPasswords.Plain(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= CommonPasswords.ShortestWord);
}
