using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PartnerCenter.Domain.Mail;

/// <summary>
/// Which addresses mail is sent to: a list of what is allowed, since the grammar of the RFCs (comments, quotes, literals) is what
/// attackers live on, and <see cref="System.Net.Mail.MailAddress"/> takes "a@b.nl, c@d.nl" for one address.
/// </summary>
public static class MailAddressRule
{
    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;
    private const int LongestAddress = 254;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool IsDeliverable(string address) => TryNormalize(address, out _);

    /// <summary>Whether mail to both reaches the same reader, as far as anybody can tell who is not their provider.</summary>
    public static bool IsSame(string address, string? other) =>
        other is not null && string.Equals(Normal(address), Normal(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>An address that its owner knows again, and nobody else: <c>n…@example.com</c>.</summary>
    public static string Mask(string address) =>
        address.LastIndexOf('@') is > 0 and var at ? $"{address[..1]}…{address[at..]}" : "…";

    /// <param name="address">As somebody typed it.</param>
    /// <param name="ascii">The form that relays understand: an international domain in its <c>xn--</c> spelling.</param>
    /// <returns>Whether mail can be sent to it.</returns>
    public static bool TryNormalize([NotNullWhen(true)] string? address, out string ascii)
    {
        ascii = "";
        if (address is null || address.Length > LongestAddress || address.Split('@') is not [var local, var domain])
            return false;
        if (!IsDotAtom(local) || !TryNormalizeDomain(domain, out var asciiDomain))
            return false;
        ascii = $"{local}@{asciiDomain}";
        return ascii.Length <= LongestAddress;
    }

    private static string Normal(string address) => TryNormalize(address, out var ascii) ? ascii : address;

    private static bool IsDotAtom(string local) =>
        local.Length <= LongestLocalPart && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomCharacter));

    private static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c);

    private static bool TryNormalizeDomain(string domain, out string ascii)
    {
        ascii = domain;
        if (!Ascii.IsValid(domain) && !TryMap(domain, out ascii))
            return false;
        var labels = ascii.Split('.');
        // An all-digit top level would make 127.0.0.1 a domain.
        return labels.Length > 1 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && label[0] != '-'
        && label[^1] != '-';

    private static bool TryMap(string domain, out string ascii)
    {
        ascii = "";
        // The mapping silently drops what cannot be seen (soft hyphens, zero-width spaces) and knows other dots than ours.
        if (!domain.EnumerateRunes().All(IsDomainRune))
            return false;
        try
        {
            ascii = Idn.GetAscii(domain);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsDomainRune(Rune rune) =>
        rune.Value is '.' or '-'
        || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
