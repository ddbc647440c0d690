using System.Net;
using System.Net.Sockets;

namespace Bhiv.Tests.Support;

/// <summary>Callers at different addresses on one machine: all of 127.0.0.0/8 is here.</summary>
internal static class SourceAddress
{
    /// <param name="source">Where its connections come from.</param>
    public static HttpClient ClientAt(string source, Uri service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = service,
    };
}
