using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>
/// What stands between the first step of a sign-in and the second: that somebody has just typed the password of an account. It is in the
/// form of the second step, sealed, and opens nothing by itself.
/// </summary>
public sealed class SecondStepTickets(IDataProtectionProvider keys, TimeProvider time)
{
    /// <summary>How long somebody may take to find the code.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _seal = keys.CreateProtector("PartnerCenter.SecondStep.v1");

    public string For(LocalAccount account) => _seal.Protect(
        string.Create(CultureInfo.InvariantCulture, $"{account.PersonId} {account.PasswordSetAt.Ticks} {time.GetUtcNow().UtcTicks}"));

    /// <returns>Whose account it is and when its password was chosen; null if it was not made here, or too long ago.</returns>
    public (int PersonId, DateTime PasswordSetAt)? Read(string? ticket)
    {
        try
        {
            return ticket is { Length: > 0 } && _seal.Unprotect(ticket).Split(' ') is [var person, var password, var made]
                && time.GetUtcNow().UtcTicks - long.Parse(made, CultureInfo.InvariantCulture) < Lasts.Ticks
                    ? (int.Parse(person, CultureInfo.InvariantCulture), new DateTime(long.Parse(password, CultureInfo.InvariantCulture), DateTimeKind.Utc))
                    : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
