using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>
/// Makes and checks the hashes of passwords: the framework's hasher (PBKDF2 with HMAC-SHA512 and a salt of its own for each). To check
/// takes as long for somebody who is not there, so that the time tells nobody who has an account.
/// </summary>
public sealed class Passwords
{
    /// <summary>How many rounds a hash takes: OWASP's figure for PBKDF2-HMAC-SHA512 (Password Storage Cheat Sheet). Hashes with fewer are made anew at sign-in.</summary>
    public const int Rounds = 210_000;

    // The hasher passes it on to whoever derives from it; nobody does.
    private static readonly object Anybody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly string _nobodysHash;

    public Passwords() => _nobodysHash = Hash(Secret.Create());

    public string Hash(string password) => _hasher.HashPassword(Anybody, password);

    /// <param name="account">Whose password it should be; null for nobody's, which no password is.</param>
    /// <param name="password">What was typed.</param>
    public PasswordVerificationResult Check(LocalAccount? account, string password)
    {
        var result = _hasher.VerifyHashedPassword(Anybody, account?.PasswordHash ?? _nobodysHash, password);
        return account is null ? PasswordVerificationResult.Failed : result;
    }
}
