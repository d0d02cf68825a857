using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Shell.Communications;

/// <summary>
/// Where the links of communications lead. One to a host that nobody vouches for goes by a page of the portal, which says where it leads.
/// What is sealed in such an address was a link of a communication, and only for the person who was shown it: nobody can make the portal
/// speak of an address of theirs.
/// </summary>
public sealed class ForeignLinks(IDataProtectionProvider keys, TrustedHosts trusted, PortalAddress portal, CurrentUser user)
{
    private const string Page = "/leaving";

    private IDataProtector? _seal;

    private IDataProtector Seal => _seal ??= keys.CreateProtector("PartnerCenter.ForeignLink.v1");

    private string Reader => (user.Person?.Id ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <param name="link">A link as it was published.</param>
    /// <returns>The address for a page; empty for a link that nothing may lead to.</returns>
    public string To(string link) => LinkPolicy.Of(link) switch
    {
        LinkKind.Path or LinkKind.Mail => link,
        LinkKind.Web when LinkPolicy.TryReadWeb(link, out var address) =>
            IsOurs(address) || trusted.Contains(address)
                ? address.AbsoluteUri
                : QueryHelpers.AddQueryString(Page, "to", Seal.Protect($"{Reader} {address.AbsoluteUri}")),
        _ => "",
    };

    /// <param name="sealedLink">What such an address carries.</param>
    /// <returns>Null if it was not made here for this person.</returns>
    public Uri? Read(string? sealedLink)
    {
        try
        {
            return !string.IsNullOrEmpty(sealedLink)
                && Seal.Unprotect(sealedLink).Split(' ', 2) is [var reader, var link]
                && reader == Reader
                && LinkPolicy.TryReadWeb(link, out var address)
                    ? address
                    : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private bool IsOurs(Uri address) => TrustedHosts.HostOf(address).Equals(TrustedHosts.HostOf(portal.PublicUrl), StringComparison.OrdinalIgnoreCase);
}
