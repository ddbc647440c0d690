using Bhiv.Api.Configuration;

namespace Bhiv.Api.Http;

/// <summary>Who may come how: proxies, plain text, other origins, and how many at once.</summary>
internal sealed class HttpOptions
{
    /// <summary>Plain HTTP from other machines, on purpose. By default it is refused.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Who ends TLS in front of the service and says for whom. By default nobody, and nobody is believed.</summary>
    public ProxyNetworks Proxies { get; init; } = ProxyNetworks.None;

    public static HttpOptions Read(SectionReader section)
    {
        var it = new HttpOptions();
        return new HttpOptions
        {
            AllowPlain = section.Switch(nameof(it.AllowPlain), it.AllowPlain),
            Proxies = ProxyNetworks.Of(section.List(
                nameof(it.Proxies), "IP addresses and networks (10.0.0.0/24, no wider than /8, and /7 of IPv6)", ProxyNetworks.IsOne)),
        };
    }
}
