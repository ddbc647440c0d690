using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bhiv.Tests.Support;

/// <summary>A caller at an address of the test's choice: all of 127.0.0.0/8 is this machine.</summary>
internal static class Peer
{
    /// <summary>A client whose connections come from there.</summary>
    /// <param name="handle">What else is another than usual.</param>
    public static HttpClient ClientFrom(string address, Uri service, Action<SocketsHttpHandler>? handle = null)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
                new NetworkStream(await ConnectAsync(address, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true),
        };
        handle?.Invoke(handler);
        return new HttpClient(handler) { BaseAddress = service };
    }

    public static async Task<Socket> ConnectAsync(string from, string host, int port, CancellationToken cancellationToken)
    {
        var source = IPAddress.Parse(from);
        var socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(IPAddress.Parse(host), port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>All that comes back until the server closes; whether by an end or by a reset.</summary>
    public static async Task<string> SendAsync(Uri service, string request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = await ConnectAsync("127.0.0.1", service.Host, service.Port, patience.Token);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        return await ReadToEndAsync(socket, patience.Token);
    }

    public static async Task<string> ReadToEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var read) answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // What was sent beyond the answer is reset.
        }
        return answer.ToString();
    }
}
