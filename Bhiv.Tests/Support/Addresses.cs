using System.Net;
using System.Net.Sockets;

namespace Bhiv.Tests.Support;

/// <summary>Loopback has sixteen million addresses, and each is another machine as far as a service can tell.</summary>
internal static class Addresses
{
    /// <param name="own">Of 127.0.0.0/8.</param>
    public static HttpClient ClientFrom(string own, Uri service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(own), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = service,
    };
}
