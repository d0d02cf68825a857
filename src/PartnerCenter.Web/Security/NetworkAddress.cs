using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PartnerCenter.Web.Security;

/// <summary>Network addresses as somebody may read and keep them.</summary>
public static class NetworkAddress
{
    // What a provider gives to one site (RFC 6177).
    private const int KeptOfIPv6 = 48 / 8;

    /// <summary>Leaves out what tells one connection from its neighbours: the last 8 bits of IPv4, the last 80 of IPv6.</summary>
    /// <returns>Such as <c>203.0.113.x</c> or <c>2001:db8:1::x</c>; null for none.</returns>
    public static string? Mask(IPAddress? address)
    {
        if (address is null)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.x");

        bytes.AsSpan(KeptOfIPv6).Clear();
        return $"{new IPAddress(bytes)}x";
    }
}
