using System.Buffers.Binary;
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

    /// <summary>The same as a number, for who asks so often that a text of each would be felt: an IPv4 address is <c>::ffff:a.b.c.d</c>.</summary>
    public static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        if (written == 4) return new UInt128(0, 0xffff_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(bytes));
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return address.IsIPv4MappedToIPv6 ? number : number >> 64 << 64;
    }
}
