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

    // Of all peers one is named in a minute: whoever forges may have any number of addresses.
    private readonly Silence<string> silence = new(time);

    /// <param name="context">Of a peer that is not listed, and with the headers that it sent.</param>
    public void Notice(HttpContext context)
    {
        foreach (var header in Headers)
        {
            if (!context.Request.Headers.ContainsKey(header)) continue;
            if (silence.IsOver(nameof(Log.ForwardedHeaderIgnored))) logger.ForwardedHeaderIgnored(context.Address() ?? "a Unix socket", header);
            return;
        }
    }
}
