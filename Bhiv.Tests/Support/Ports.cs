using System.Net;
using System.Net.Sockets;

namespace Bhiv.Tests.Support;

/// <summary>For what has to be told a port before it listens.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
