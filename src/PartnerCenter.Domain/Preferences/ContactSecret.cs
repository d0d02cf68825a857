using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Domain.Preferences;

/// <summary>What only the reader of one mail knows: the token of its link, and the code to type where the link cannot be opened.</summary>
/// <param name="Token">256 random bits.</param>
/// <param name="Code">Six digits.</param>
public sealed record ContactSecret(string Token, string Code)
{
    private const int Codes = 1_000_000;

    // A million codes are tried in no time: only a slow hash keeps a copy of the database from telling them while they count.
    private const int Rounds = 100_000;
    private const int HashBytes = 32;

    public string TokenHash => Secret.Hash(Token);

    public string CodeHash => HashOf(Code, TokenHash);

    public static ContactSecret Create() =>
        new(Secret.Create(), RandomNumberGenerator.GetInt32(Codes).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ContactSecret Read(string text) => text.Split(' ') is [var token, var code]
        ? new(token, code)
        : throw new FormatException("This is no secret of a mail.");

    /// <summary>As the mail that waits carries it.</summary>
    public string Write() => $"{Token} {Code}";

    // A record would print them.
    public override string ToString() => nameof(ContactSecret);

    internal static bool IsCode(string code, string tokenHash, string codeHash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(HashOf(string.Concat(code.Where(char.IsAsciiDigit)), tokenHash)), Encoding.ASCII.GetBytes(codeHash));

    private static string HashOf(string code, string salt) => Convert.ToHexString(
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(salt), Rounds, HashAlgorithmName.SHA256, HashBytes));
}
