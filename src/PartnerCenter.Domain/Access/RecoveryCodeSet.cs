using System.Security.Cryptography;
using System.Text;

namespace PartnerCenter.Domain.Access;

/// <summary>Ten codes on paper that stand in for an app that was lost: shown once, each good for one sign-in.</summary>
/// <param name="Salt">What their hashes are made with.</param>
/// <param name="Codes">The codes, as they are shown.</param>
public sealed record RecoveryCodeSet(string Salt, IReadOnlyList<string> Codes)
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    private const int Letters = 12;
    private const int Group = 4;

    // Below 112 bits a code needs a slow hash (ASVS 5.0 6.5.2). One salt for all of them, so that a code is tried by one such hash.
    private const int Rounds = 100_000;
    private const int HashBytes = 32;
    private const int SaltBytes = 16;

    // Nobody has to tell 0 from O, or 1 from I, on paper: 32 signs, 5 bits each, 60 bits in a code.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static RecoveryCodeSet Create() => new(
        Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)),
        [.. Enumerable.Range(0, Count).Select(_ => Show(RandomNumberGenerator.GetString(Alphabet, Letters)))]);

    // A record would print them.
    public override string ToString() => nameof(RecoveryCodeSet);

    internal string HashOf(string code) => HashOf(Read(code)!, Salt);

    /// <summary>What somebody typed, without what they typed around it.</summary>
    /// <returns>Null if it cannot be a code.</returns>
    internal static string? Read(string typed)
    {
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return code.Length == Letters ? code : null;
    }

    internal static string HashOf(string code, string salt) => Convert.ToHexString(
        Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(code), Convert.FromHexString(salt), Rounds, HashAlgorithmName.SHA256, HashBytes));

    private static string Show(string code) => string.Join('-', code.Chunk(Group).Select(part => new string(part)));
}
