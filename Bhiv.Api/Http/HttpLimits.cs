using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Bhiv.Api.Http;

/// <summary>
/// What one caller can take of the service by being large or slow. Each is far beyond what an honest call needs, and none is a
/// setting: a call that does not fit is no call of this API.
/// </summary>
internal static class HttpLimits
{
    /// <summary>Of all header lines, in bytes: a token is below 1 KiB, and a proxy adds some hundred bytes.</summary>
    private const int HeadersSize = 16 * 1024;

    /// <summary>A browser behind two proxies sends about thirty.</summary>
    private const int HeaderCount = 64;

    /// <summary>The longest query, with a cursor and all filters, is below 1 KiB.</summary>
    private const int RequestLineSize = 8 * 1024;

    /// <summary>
    /// What is taken from a socket before somebody reads it, in bytes: more than a head. Whoever sends a megabyte of requests ahead of their
    /// answers, which is what the server would hold of each connection, is no caller of this API.
    /// </summary>
    private const int ReadAhead = 32 * 1024;

    /// <summary>For the head of a request, from its first byte: it comes in one packet or two.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an idle connection is kept. Longer than the 60 s for which nginx and .NET's own client keep theirs: whoever closes first must
    /// not be the one who did not know.
    /// </summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(75);

    /// <summary>
    /// Of a body, on average and once it was read for as long as is granted, in which all that an honest call sends has come over any line.
    /// At this rate the largest body is there within the time that the whole may take: to be ended by that in the midst of a
    /// read is an error in the log of the server.
    /// </summary>
    private static readonly MinDataRate BodyRate = new(bytesPerSecond: 2400, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>From the head of a request to the first byte of its answer, whatever it waits for.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = ReadAhead;

    public static void Apply(KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = BodyReader.MaximumSize;
        limits.MaxRequestHeadersTotalSize = HeadersSize;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestLineSize = RequestLineSize;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = BodyRate;
        // Of a call that waits to be refused nobody reads the body.
        limits.Http2.InitialStreamWindowSize = BodyReader.MaximumSize;
        // Whether configured by address or as an endpoint, and before TLS: a handshake is what costs most.
        kestrel.ConfigureEndpointDefaults(endpoint =>
            endpoint.Use(endpoint.ApplicationServices.GetRequiredService<ConnectionShares>().Guard));
    }
}
