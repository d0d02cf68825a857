using System.Net;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Tests.Security;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.x")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.x")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::x")]
    [InlineData("fe80::1", "fe80::x")]
    [InlineData("::1", "::x")]
    public void Its_end_is_left_out(string address, string masked) => Assert.Equal(masked, NetworkAddress.Mask(IPAddress.Parse(address)));

    [Fact]
    public void None_stays_none() => Assert.Null(NetworkAddress.Mask(null));
}
