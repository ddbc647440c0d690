using System.Net;
using System.Net.Sockets;

namespace Bhiv.Domain.Audit;

/// <summary>Whom attempts are counted by: an IPv4 address, or the /64 of an IPv6 one, of which its holder has all 2⁶⁴.</summary>
internal static class Network
{
    public static string? Of(string? address) =>
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(ip.GetAddressBytes(), 0, 8)
            : address;
}
