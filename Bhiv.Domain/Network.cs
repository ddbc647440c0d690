using System.Net;
using System.Net.Sockets;

namespace Bhiv.Domain;

/// <summary>Whom attempts are counted by: an IPv4 address, or the /64 of an IPv6 one, of which its holder has all 2⁶⁴.</summary>
public static class Network
{
    public static string? Of(string? address) => IPAddress.TryParse(address, out var ip) ? Of(ip) : address;

    public static string Of(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };
}
