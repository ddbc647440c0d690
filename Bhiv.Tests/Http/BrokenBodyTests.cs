using System.Net.Sockets;
using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

public sealed class BrokenBodyTests : DataDirectoryFixture
{
    private const int Callers = 50;

    /// <summary>Or anybody would fill the log with errors, and ring the bell for logins that fail.</summary>
    [Test]
    public async Task A_caller_who_resets_his_connection_within_the_body_is_no_fault_of_the_service()
    {
        using var service = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var head = Encoding.ASCII.GetBytes(
            $"POST {Calls.Login} HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{{");
        for (var caller = 0; caller < Callers; caller++)
        {
            // Its end is a reset.
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
            await socket.ConnectAsync(client.BaseAddress.Host, client.BaseAddress.Port);
            await socket.SendAsync(head);
            await Task.Delay(20);
        }

        // Most of them were callers by then; a few had gone before they were accepted.
        await Eventually.IsTrueAsync(async () =>
        {
            var scrape = await Scrape.OfAsync(client);
            return Sum(scrape, "kestrel_active_connections{") == 1 && Sum(scrape, "http_server_request_duration_seconds_count{", Calls.Login[1..]) > Callers / 2;
        });
        Assert.That(service.Output, Does.Not.Contain(" ERR "));

        static double Sum(Scrape scrape, string metric, string label = "") => scrape.Series
            .Where(series => series.Key.StartsWith(metric, StringComparison.Ordinal) && series.Key.Contains(label, StringComparison.Ordinal))
            .Sum(series => series.Value);
    }
}
