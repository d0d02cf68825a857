using System.Net;
using System.Net.Sockets;

namespace PartnerCenter.Tests.PortalsUnderTest;

/// <summary>What listens on this machine alone.</summary>
internal static class Loopback
{
    /// <summary>A port that was free a moment ago, for whoever must say beforehand where somebody will listen.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
