using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>Whoever sends what nobody reads yet fills his own memory, and not the service's.</summary>
[NonParallelizable]
public sealed class ReadAheadTests : DataDirectoryFixture
{
    private const int Connections = 200;

    private const string Request = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";

    [Test]
    public async Task A_megabyte_of_requests_ahead_of_their_answers_is_not_kept_for_each_connection()
    {
        using var service = ServiceProcess.StartDevelopment(DataDirectory, "--RateLimits:RequestsPerMinute=1", "--Serilog:MinimumLevel:Default=Error");
        service.IsInspected = false;
        var address = await service.AddressAsync();
        await Peer.SendAsync(address, Request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal));
        var before = service.ResidentMebibytes;
        var ahead = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Request, (1 << 20) / Request.Length)));
        using var over = new CancellationTokenSource();

        // Each of them is held back for a second.
        var sockets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Peer.ConnectAsync("127.0.0.1", address.Host, address.Port, over.Token)));
        var sending = sockets.Select(Task (socket) => socket.SendAsync(ahead, over.Token).AsTask()).ToList();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var grown = service.ResidentMebibytes - before;

        await over.CancelAsync();
        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var socket in sockets) socket.Dispose();
        Assert.That(grown, Is.LessThan(Connections / 2));
    }
}
