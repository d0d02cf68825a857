using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PartnerCenter.Domain.Access;

/// <summary>Random values that open something. Only their hash is stored, so that reading the database opens nothing.</summary>
public static class Secret
{
    /// <summary>256 random bits in base64url: 43 characters.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in hex. A slow hash would add nothing: nobody guesses 256 random bits.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
