using System.Net;
using System.Net.Sockets;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Http;

/// <summary>How many connections one network may hold.</summary>
public sealed class ConnectionSharesTests
{
    private readonly RecordedLog<ConnectionShares> log = new();
    private readonly FakeTimeProvider clock = new();

    [Test]
    public async Task A_network_keeps_its_share_and_nobody_elses()
    {
        await using var service = await BhivService.StartAsync(
            arguments: ["--Http:MaximumConnectionsPerAddress=3"], replace: services => services.AddSingleton<ILogger<ConnectionShares>>(log));
        var held = new List<Socket>();
        try
        {
            for (var connection = 0; connection < 3; connection++) held.Add(await OpenAsync(service, "127.0.0.2"));
            Assert.That(await Task.WhenAll(held.Select(IsServedAsync)), Is.All.True);

            using (var beyond = await OpenAsync(service, "127.0.0.2")) Assert.That(await IsServedAsync(beyond), Is.False);
            using (var beyond = await OpenAsync(service, "127.0.0.2")) Assert.That(await IsServedAsync(beyond), Is.False);
            using (var another = await OpenAsync(service, "127.0.0.3")) Assert.That(await IsServedAsync(another), Is.True);
            Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await Task.WhenAll(held.Select(IsServedAsync)), Is.All.True, "who was there stays");
            Assert.That(log.Lines, Is.EqualTo(new[] { "ConnectionsRefused: The network of 127.0.0.2 holds 3 connections, its share, and another one was closed" }));

            held[0].Dispose();
            await Eventually.IsTrueAsync(async () =>
            {
                using var next = await OpenAsync(service, "127.0.0.2");
                return await IsServedAsync(next);
            });
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    [Test]
    public async Task A_listed_proxy_has_no_share()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Http:MaximumConnectionsPerAddress=2", "--Http:Proxies=127.0.0.4"]);
        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(service, "127.0.0.4")));

        Assert.That(await Task.WhenAll(held.Select(IsServedAsync)), Is.All.True);
        foreach (var socket in held) socket.Dispose();
    }

    [Test]
    public async Task All_together_have_a_limit_too()
    {
        var told = new RecordedLog<ConnectionShares>();
        await using var service = await BhivService.StartAsync(
            arguments: ["--Http:MaximumConnections=16"], replace: services => services.AddSingleton<ILogger<ConnectionShares>>(told));
        var held = new List<Socket>();
        for (var connection = 0; connection < 16; connection++)
        {
            held.Add(await OpenAsync(service, $"127.0.1.{connection}"));
            Assert.That(await IsServedAsync(held[^1]), Is.True);
        }

        for (var connection = 0; connection < 20; connection++)
        {
            using var beyond = await OpenAsync(service, "127.0.0.3");
            Assert.That(await IsServedAsync(beyond), Is.False);
        }
        Assert.That(told.Lines, Is.EqualTo(new[] { "ConnectionsExhausted: All 16 connections are taken that there may be, and one from 127.0.0.3 was closed" }));
        held.ForEach(socket => socket.Dispose());
        await Eventually.IsTrueAsync(async () =>
        {
            using var next = await OpenAsync(service, "127.0.0.3");
            return await IsServedAsync(next);
        });
    }

    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", false)]
    [TestCase("203.0.113.7", "203.0.113.8", true)]
    public async Task An_IPv6_network_is_a_64(string first, string second, bool served)
    {
        var shares = new ConnectionShares(new HttpOptions { MaximumConnectionsPerAddress = 1 }, clock, log);
        var (opened, closing) = (0, new TaskCompletionSource());
        var guard = shares.Guard(_ =>
        {
            opened++;
            return closing.Task;
        });

        var holding = guard(From(first));
        var next = guard(From(second));

        Assert.That(opened, Is.EqualTo(served ? 2 : 1));
        Assert.That(next.IsCompleted, Is.EqualTo(!served));
        closing.SetResult();
        await Task.WhenAll(holding, next);
        await guard(From(second));
        Assert.That(opened, Is.EqualTo(served ? 3 : 2), "and its share is free again");
    }

    [Test]
    public void A_share_is_given_back_by_a_connection_that_fails()
    {
        var shares = new ConnectionShares(new HttpOptions { MaximumConnectionsPerAddress = 1 }, clock, log);
        var guard = shares.Guard(_ => Task.FromException(new InvalidOperationException("a fault")));

        for (var connection = 0; connection < 3; connection++)
            Assert.That(() => guard(From("203.0.113.7")), Throws.InvalidOperationException, "it came through");
    }

    [Test]
    public async Task It_is_told_once_a_minute()
    {
        var told = new RecordedLog<ConnectionShares>();
        var guard = new ConnectionShares(new HttpOptions { MaximumConnectionsPerAddress = 1 }, clock, told).Guard(_ => new TaskCompletionSource().Task);
        _ = guard(From("203.0.113.7"));

        foreach (var seconds in new[] { 0, 30, 29, 1, 30 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await guard(From("203.0.113.7"));
        }

        Assert.That(told.Lines, Has.Count.EqualTo(2));
    }

    private static DefaultConnectionContext From(string address) => new() { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 4711) };

    private static Task<Socket> OpenAsync(BhivService service, string from) =>
        Peer.ConnectAsync(from, "127.0.0.1", service.Client.BaseAddress!.Port, CancellationToken.None);

    /// <summary>Whether an answer comes, rather than an end.</summary>
    private static async Task<bool> IsServedAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), patience.Token);
            return await socket.ReceiveAsync(new byte[4096], patience.Token) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
