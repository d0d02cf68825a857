using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// The links by which optional mail is turned off without signing in (RFC 8058). They are sealed under a purpose of their own with the
/// key ring of the portal, so that only the portal makes and reads them; which key sealed one is written in it, and a key that is
/// replaced still opens what it sealed.
/// </summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider keys, PortalAddress portal)
{
    private const string AllWorkspaces = "*";

    private readonly IDataProtector _seal = keys.CreateProtector("PartnerCenter.Unsubscribe.v1");

    public Uri For(Unsubscription what) => portal.Unsubscribe(
        _seal.Protect($"{what.MembershipId} {CommunicationPolicy.KeyOf(what.Kind)} {what.Workspace ?? AllWorkspaces}"));

    /// <param name="token">What the link carries.</param>
    /// <returns>Null if it was not made here.</returns>
    public Unsubscription? Read(string token)
    {
        try
        {
            return _seal.Unprotect(token).Split(' ') is [var membership, var kind, var workspace]
                ? new(
                    int.Parse(membership, CultureInfo.InvariantCulture),
                    CommunicationPolicy.FromStoredKey(kind),
                    workspace == AllWorkspaces ? null : workspace)
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
