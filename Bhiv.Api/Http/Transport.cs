using System.Net;
using Bhiv.Api.Health;
using Bhiv.Domain;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bhiv.Api.Http;

/// <summary>
/// Who is at the other end, and whether somebody could listen in. Where no proxies are listed the socket says both, and plain addresses are
/// loopback's alone.
/// </summary>
internal static class Transport
{
    private static readonly object Local = new();

    /// <summary>Due before all that looks at an address or a scheme.</summary>
    public static void UseProxies(this WebApplication app, HttpOptions options)
    {
        var proxies = options.Proxies;
        var unlisted = ActivatorUtilities.CreateInstance<UnlistedProxies>(app.Services);
        app.Use((context, next) =>
        {
            Judge(context, proxies, unlisted);
            return next(context);
        });
        if (proxies.Any) app.UseForwardedHeaders(Believing(proxies));
    }

    /// <summary>Refuses what came in plain text, once it was counted and before any credential of it is looked at.</summary>
    public static void UseHttpsOnly(this WebApplication app, HttpOptions options)
    {
        var logger = app.Services.GetRequiredService<ILogger<HttpOptions>>();
        // Of all who come so one is named in a minute: past the proxies there may be any number of them.
        var silence = new Silence<string>(app.Services.GetRequiredService<TimeProvider>());
        app.Use((context, next) =>
        {
            if (!IsTooPlain(context, options)) return next(context);
            if (silence.IsOver(nameof(Log.PlainRequestRefused))) logger.PlainRequestRefused(context.Address());
            return new Problem(ProblemType.HttpsRequired).WriteAsync(context);
        });
    }

    /// <summary>
    /// Whether a call came in plain text where it may not, and is refused whatever it brings: no credential of it is looked at. Known once
    /// the proxies' headers were applied.
    /// </summary>
    public static bool IsTooPlain(HttpContext context, HttpOptions options) =>
        options.Proxies.Any && !options.AllowPlain
        && !context.Request.IsHttps && !context.Items.ContainsKey(Local) && !IsExempt(context.Request.Path);

    /// <summary>Probes come from inside, in plain text, and bring nothing that is secret.</summary>
    public static bool IsExempt(PathString path) => path.StartsWithSegments(HealthEndpoints.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>By the connection, which is known here and not after the proxies' headers were applied.</summary>
    private static void Judge(HttpContext context, ProxyNetworks proxies, UnlistedProxies unlisted)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (proxies.Include(peer))
        {
            // Most proxies end TLS and say nothing. What is said and cannot be read leaves it at plain text.
            if (!context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName))
                context.Request.Scheme = Uri.UriSchemeHttps;
            return;
        }
        unlisted.Notice(context);
        if (proxies.Any && peer is not null && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer))
            context.Items[Local] = Local;
    }

    private static ForwardedHeadersOptions Believing(ProxyNetworks proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            // Not the host: nothing here depends on it, and what does not come in cannot be forged.
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // A chain is walked from its near end for as long as its links are listed.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks) options.KnownIPNetworks.Add(network);
        return options;
    }
}
