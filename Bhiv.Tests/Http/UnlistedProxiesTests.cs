using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Http;

/// <summary>What the operator is told of a proxy that he forgot, and of whoever plays one.</summary>
public sealed class UnlistedProxiesTests
{
    private RecordedLog<UnlistedProxies> log = null!;

    [SetUp]
    public void Forget() => log = new();

    [TestCase("X-Forwarded-For", "203.0.113.7")]
    [TestCase("x-forwarded-proto", "https")]
    [TestCase("Forwarded", "for=203.0.113.7")]
    [TestCase("X-Real-IP", "203.0.113.7")]
    [TestCase("X-Forwarded-For", "")]
    public async Task Where_no_proxy_is_listed_one_that_speaks_for_others_is_named(string header, string value)
    {
        await using var service = await StartAsync();

        await SendAsync(service, "127.0.0.1", header, value);

        Assert.That(log.Lines, Has.Count.EqualTo(1));
        Assert.That(log.Lines[0], Does.StartWith("ForwardedHeaderIgnored: A call from 127.0.0.1 has the header ").IgnoreCase
            .And.Contains(header).IgnoreCase.And.Contains("Http:Proxies"));
    }

    [Test]
    public async Task Where_proxies_are_listed_another_one_is_named_and_they_are_not()
    {
        await using var service = await StartAsync("--Http:Proxies=127.0.0.9");

        await SendAsync(service, "127.0.0.9", "X-Forwarded-For", "203.0.113.7");
        Assert.That(log.Lines, Is.Empty);
        await SendAsync(service, "127.0.0.8", "X-Forwarded-For", "203.0.113.7");
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.All.Contains("from 127.0.0.8 "));
    }

    [Test]
    public async Task An_ordinary_call_is_nothing_to_tell()
    {
        await using var service = await StartAsync();

        await service.Client.GenerateAsync((await service.Client.LoginAsync()).AccessToken);
        await SendAsync(service, "127.0.0.1", "X-Forwarded-Host", "bhiv.example.com");

        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void Of_all_who_forge_a_few_are_named_in_a_minute_and_they_keep_nobody_from_it()
    {
        var clock = new FakeTimeProvider();
        var unlisted = new UnlistedProxies(clock, log);
        for (var second = 0; second < 60; second++)
        {
            for (var peer = 0; peer < 100; peer++) unlisted.Notice(From($"203.0.113.{peer}"));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.That(log.Lines, Has.Count.InRange(8, 16));

        clock.Advance(TimeSpan.FromMinutes(1));
        for (var forged = 0; forged < 100; forged++) unlisted.Notice(From("198.51.100.1"));
        for (var proxy = 0; proxy < 16; proxy++) unlisted.Notice(From($"192.0.2.{proxy}"));
        Assert.That(log.Lines.Count(line => line.Contains("192.0.2.", StringComparison.Ordinal)), Is.InRange(1, 15), "but for those that share the forger's place");

        static DefaultHttpContext From(string address)
        {
            var context = new DefaultHttpContext { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(address) } };
            context.Request.Headers["X-Forwarded-For"] = "203.0.113.7";
            return context;
        }
    }

    /// <summary>Only where none is listed: among listed ones a Unix socket counts as one.</summary>
    [Test]
    public void A_proxy_at_a_Unix_socket_has_no_address_to_name()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Forwarded-For"] = "203.0.113.7";

        new UnlistedProxies(new FakeTimeProvider(), log).Notice(context);

        Assert.That(log.Lines, Has.Count.EqualTo(1).And.All.Contains("from a Unix socket "));
    }

    private Task<BhivService> StartAsync(params string[] arguments) =>
        BhivService.StartAsync(arguments: arguments, replace: services => services.AddSingleton<ILogger<UnlistedProxies>>(log));

    private static async Task SendAsync(BhivService service, string peer, string header, string value)
    {
        using var client = Peer.ClientFrom(peer, service.Client.BaseAddress!);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        Assert.That(answer.IsSuccessStatusCode, Is.True);
    }
}
