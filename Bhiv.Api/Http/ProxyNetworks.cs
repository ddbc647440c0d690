using System.Net;
using System.Net.Sockets;

namespace Bhiv.Api.Http;

/// <summary>The addresses of listed proxies; a single one is a network of its own.</summary>
internal sealed class ProxyNetworks(IReadOnlyList<IPNetwork> networks)
{
    // No wider than the widest private network of its family: "everybody" is no proxy.
    private const int WidestPrefix = 8;
    private const int WidestPrefixOfSix = 7;

    public static readonly ProxyNetworks None = new([]);

    public IReadOnlyList<IPNetwork> Networks => networks;

    public bool Any => networks.Count > 0;

    /// <param name="address">Null of a Unix socket, whose file's mode says who may connect: it counts as listed.</param>
    public bool Include(IPAddress? address)
    {
        if (!Any) return false;
        if (address is null) return true;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }
        return false;
    }

    /// <summary>
    /// Read in one way alone: an address as it is usually written, or a network whose address has no bit beyond its prefix. What the
    /// framework's parsers take besides (<c>1</c>, <c>0x7f.1</c>, a port, a scope) is a slip, and would open a door somewhere else.
    /// </summary>
    public static bool IsOne(string text) => TryParse(text, out _);

    /// <param name="texts">Good ones.</param>
    public static ProxyNetworks Of(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? None : new([.. texts.Select(text => TryParse(text, out var network) ? network : throw new FormatException(text))]);

    private static bool TryParse(string text, out IPNetwork network)
    {
        var address = text.Split('/')[0];
        if (!IPAddress.TryParse(address, out var ip) || !IsPlain(address, ip))
        {
            network = default;
            return false;
        }
        if (address.Length == text.Length)
        {
            network = new IPNetwork(ip, ip.GetAddressBytes().Length * 8);
            return !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any);
        }
        return IPNetwork.TryParse(text, out network) && network.BaseAddress.Equals(ip)
            && network.PrefixLength >= (ip.AddressFamily == AddressFamily.InterNetwork ? WidestPrefix : WidestPrefixOfSix);
    }

    private static bool IsPlain(string text, IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetwork
        ? text == ip.ToString()
        : !ip.IsIPv4MappedToIPv6 && text.All(it => char.IsAsciiHexDigit(it) || it is ':' or '.');
}
