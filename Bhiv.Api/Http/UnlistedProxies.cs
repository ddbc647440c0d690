using Bhiv.Domain;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bhiv.Api.Http;

/// <summary>
/// Tells of a proxy that nobody listed, which nothing else would show: all its callers are one address to the throttle, the limits and the
/// shares of connections. Or of somebody who plays one; what either says is not believed.
/// </summary>
internal sealed class UnlistedProxies(TimeProvider time, ILogger<UnlistedProxies> logger)
{
    /// <summary>What proxies write, by custom and by RFC 7239.</summary>
    private static readonly string[] Headers =
        [ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName, "Forwarded", "X-Real-IP"];

    /// <summary>
    /// Peers fall on one of so many places, by a hash that nobody outside knows, and of each one is named in a minute: whoever forges may have any
    /// number of addresses, and does not keep a proxy from being named.
    /// </summary>
    private const int Places = 16;

    private readonly Silence<int> silence = new(time);

    /// <param name="context">Of a peer that is not listed, and with the headers that it sent.</param>
    public void Notice(HttpContext context)
    {
        foreach (var header in Headers)
        {
            if (!context.Request.Headers.ContainsKey(header)) continue;
            if (silence.IsOver(HashCode.Combine(context.Connection.RemoteIpAddress) & (Places - 1))) logger.ForwardedHeaderIgnored(context.Address() ?? "a Unix socket", header);
            return;
        }
    }
}
