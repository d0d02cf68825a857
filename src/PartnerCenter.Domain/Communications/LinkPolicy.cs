using System.Diagnostics.CodeAnalysis;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// Where what somebody publishes may lead: a path of the portal, an https address, or a mail program. Whatever a browser could read as
/// something else than this does is refused (WHATWG URL: it drops tabs and line breaks, and takes a backslash for a slash).
/// </summary>
public static class LinkPolicy
{
    private const string Https = "https://";

    /// <summary>What a link is; null if nothing may lead there.</summary>
    public static LinkKind? Of([NotNullWhen(true)] string? link) => link switch
    {
        null or "" => null,
        _ when link.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\') => null,
        ['/', '/', ..] => null,
        ['/', ..] => LinkKind.Path,
        _ when TryReadWeb(link, out _) => LinkKind.Web,
        _ when Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeMailto => LinkKind.Mail,
        _ => null,
    };

    /// <summary>Reads an address of the web as browsers do, with the host in the spelling that name servers know.</summary>
    /// <param name="link">As it was written.</param>
    /// <param name="address">Whoever writes this one knows where a browser goes.</param>
    /// <returns>Whether it is an https address that says plainly whose it is: without user information, which looks like a host.</returns>
    public static bool TryReadWeb(string link, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        if (!link.StartsWith(Https, StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(link, UriKind.Absolute, out var read)
            || read.UserInfo.Length > 0
            || link.AsSpan(Https.Length).IndexOf('@') is >= 0 and var at && link.AsSpan(Https.Length).IndexOfAny('/', '?', '#') is var end && (end < 0 || at < end))
            return false;

        try
        {
            if (Uri.CheckHostName(read.IdnHost) is UriHostNameType.Unknown or UriHostNameType.Basic)
                return false;
            address = new UriBuilder(read) { Host = read.IdnHost }.Uri;
            return true;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}

/// <summary>What a link is.</summary>
public enum LinkKind
{
    /// <summary>A path of the portal, with a slash at its start.</summary>
    Path,

    /// <summary>An https address.</summary>
    Web,

    /// <summary>Opens a mail program.</summary>
    Mail,
}
