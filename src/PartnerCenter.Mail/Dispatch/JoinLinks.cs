using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// The links by which invited people connect their account. They are sealed with the key ring of the portal under a purpose of their own,
/// so that only the portal makes and reads them, and no mail that waits in the database holds one.
/// </summary>
public sealed class JoinLinks(IDataProtectionProvider keys, PortalAddress portal)
{
    private const string NoInvitation = "-";

    private readonly IDataProtector _seal = keys.CreateProtector("PartnerCenter.Join.v1");

    public Uri For(JoinLink what) => portal.Join(_seal.Protect(
        string.Create(CultureInfo.InvariantCulture, $"{what.PersonId} {what.MembershipId?.ToString(CultureInfo.InvariantCulture) ?? NoInvitation} {what.Until.Ticks}")));

    /// <param name="token">What the link carries.</param>
    /// <returns>Null if it was not made here.</returns>
    public JoinLink? Read(string token)
    {
        try
        {
            return _seal.Unprotect(token).Split(' ') is [var person, var membership, var until]
                ? new(
                    int.Parse(person, CultureInfo.InvariantCulture),
                    membership == NoInvitation ? null : int.Parse(membership, CultureInfo.InvariantCulture),
                    new DateTime(long.Parse(until, CultureInfo.InvariantCulture), DateTimeKind.Utc))
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
