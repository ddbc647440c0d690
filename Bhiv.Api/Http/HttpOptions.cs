using Bhiv.Api.Configuration;

namespace Bhiv.Api.Http;

/// <summary>Who may come how: proxies, plain text, other origins, and how many at once.</summary>
internal sealed class HttpOptions
{
    /// <summary>Plain HTTP from other machines, on purpose. By default it is refused.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Who ends TLS in front of the service and says for whom. By default nobody, and nobody is believed.</summary>
    public ProxyNetworks Proxies { get; init; } = ProxyNetworks.None;

    /// <summary>Pages of which a browser may call. By default none but the service's own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Open at once, in all; the next one is closed. 4096 by default: each holds a few KiB and a file handle.</summary>
    public int MaximumConnections { get; init; } = 4096;

    /// <summary>
    /// Open at once, from one network that is no listed proxy. 512 by default: an office behind one address has enough, and eight such
    /// are needed to take all there are.
    /// </summary>
    public int MaximumConnectionsPerAddress { get; init; } = 512;

    public static HttpOptions Read(SectionReader section)
    {
        var it = new HttpOptions();
        return new HttpOptions
        {
            AllowPlain = section.Switch(nameof(it.AllowPlain), it.AllowPlain),
            Proxies = ProxyNetworks.Of(section.List(
                nameof(it.Proxies), "IP addresses and networks (10.0.0.0/24, no wider than /8, and /7 of IPv6)", ProxyNetworks.IsOne)),
            AllowedOrigins = section.List(
                nameof(it.AllowedOrigins), "origins as browsers send them (https://app.example.com, no path, no default port)", CrossOrigin.IsOrigin),
            MaximumConnections = section.Number(nameof(it.MaximumConnections), it.MaximumConnections, 16, 1_000_000),
            MaximumConnectionsPerAddress = section.Number(
                nameof(it.MaximumConnectionsPerAddress), it.MaximumConnectionsPerAddress, 1, 1_000_000),
        };
    }
}
