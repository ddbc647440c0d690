using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>Whoever is slow on many connections loses each within its bound, and nobody else notices.</summary>
public sealed class SlowConnectionTests : DataDirectoryFixture
{
    private const string Attacker = "127.0.0.66";

    /// <summary>The server looks at its timers once a second, and this machine may be busy.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private static readonly string Head = $"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Length: 60000\r\n\r\n";

    private static readonly Slowness[] Kinds =
    [
        new("a head that drips", 10, "GET /health HTTP/1.1\r\nHost: x\r\n", "A: a\r\n", "HTTP/1.1 408 "),
        new("a body that comes too slowly", 10, Head, " ", "HTTP/1.1 408 "),
        new("a body that is fast at first", 30, Head + new string(' ', 40_000), new string(' ', 400), "HTTP/1.1 408 "),
        new("silence", 75, "", null, ""),
    ];

    [Test]
    public async Task Slow_callers_are_let_go_and_honest_ones_are_answered()
    {
        // Silence lasts longest and proves least.
        var kinds = Kinds.Take(Proofs.Size(3, 4)).ToList();
        using var service = ServiceProcess.StartDevelopment(DataDirectory);
        var address = await service.AddressAsync();
        await using var people = await People.AtWorkAsync(address, logIn: false);
        var atRest = people.Forget();

        var ends = await Task.WhenAll(Enumerable.Range(0, Proofs.Size(60, 200)).Select(number => EndOfAsync(kinds[number % kinds.Count], address)));
        await people.StopAsync();

        foreach (var kind in ends.GroupBy(end => end.Kind))
            await TestContext.Progress.WriteLineAsync($"{kind.Key.Name}: {kind.Count()} connections, the last ended after {kind.Max(end => end.After).TotalSeconds:F1} s of {kind.Key.Seconds}");
        await TestContext.Progress.WriteLineAsync($"people: at rest {atRest}; then {people.Forget()}");
        foreach (var (kind, after, answer) in ends)
        {
            Assert.That(after, Is.LessThan(TimeSpan.FromSeconds(kind.Seconds) + Slack), kind.Name);
            Assert.That(answer, Does.StartWith(kind.Answer), kind.Name);
        }
        Assert.That(service.Output, Does.Not.Contain(" ERR ").And.Not.Contain("   at "), "an attack fills no log");
    }

    /// <summary>Until the server ends it.</summary>
    private static async Task<(Slowness Kind, TimeSpan After, string Answer)> EndOfAsync(Slowness kind, Uri address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(kind.Seconds) + (3 * Slack));
        using var socket = await Peer.ConnectAsync(Attacker, address.Host, address.Port, patience.Token);
        var watch = Stopwatch.StartNew();
        var reading = Peer.ReadToEndAsync(socket, patience.Token);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(kind.Begin), patience.Token);
            while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), patience.Token)) != reading)
            {
                if (kind.Drop is not null) await socket.SendAsync(Encoding.ASCII.GetBytes(kind.Drop), patience.Token);
            }
        }
        catch (SocketException)
        {
            // It is closed.
        }
        return (kind, watch.Elapsed, await reading);
    }

    /// <param name="Seconds">After which it is over.</param>
    /// <param name="Begin">Sent at once.</param>
    /// <param name="Drop">Sent each second; null sends nothing.</param>
    /// <param name="Answer">How what comes back begins.</param>
    private sealed record Slowness(string Name, int Seconds, string Begin, string? Drop, string Answer);
}
