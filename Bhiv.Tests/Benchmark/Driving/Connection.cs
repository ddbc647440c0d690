using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bhiv.Benchmark.Driving;

/// <summary>
/// One kept-alive connection, one call at a time. Sockets and not an HTTP client: the driver must never be what is measured.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket;
    private readonly ArrayBufferWriter<byte> body = new(8 * 1024);
    private byte[] received = new byte[16 * 1024];

    private Connection(Socket socket) => this.socket = socket;

    /// <param name="source">Where it comes from, of the addresses of this machine; null leaves it to the system.</param>
    public static async Task<Connection> OpenAsync(Uri address, CancellationToken cancellationToken, IPAddress? source = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (source is not null) socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return new Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The body of the answer, good until the next call.</summary>
    /// <exception cref="BenchmarkException">It is not 200: the figures would be those of a refusal.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(request, cancellationToken);
        return status == 200
            ? body.WrittenMemory
            : throw new BenchmarkException($"The server answered {status}: {Encoding.UTF8.GetString(body.WrittenSpan)}");
    }

    /// <summary>The status of the answer, whatever it is; 0 when the server closed the connection.</summary>
    public async ValueTask<int> StatusAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, SocketFlags.None, cancellationToken);
        var length = 0;
        int status;
        do
        {
            if (length == received.Length) Array.Resize(ref received, received.Length * 2);
            var more = await socket.ReceiveAsync(received.AsMemory(length), SocketFlags.None, cancellationToken);
            if (more == 0) return 0;
            length += more;
        }
        while (!Response.TryRead(received.AsSpan(0, length), body, out status));
        return status;
    }

    public void Dispose() => socket.Dispose();
}
