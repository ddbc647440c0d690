using System.Net;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Http;

/// <summary>Whose word is taken for where a call comes from.</summary>
public sealed class ProxyTests
{
    [TestCase(null, "127.0.0.1", "203.0.113.7", "127.0.0.1", TestName = "Where no proxy is listed, nobody is believed")]
    [TestCase("127.0.0.9", "127.0.0.1", "203.0.113.7", "127.0.0.1", TestName = "A peer that is not listed is not believed")]
    [TestCase("10.0.0.0/8", "127.0.0.1", "10.0.0.1", "127.0.0.1", TestName = "Nor is one that names a listed proxy")]
    [TestCase("127.0.0.9", "127.0.0.9", "203.0.113.7", "203.0.113.7", TestName = "A listed proxy is believed")]
    [TestCase("127.0.0.8/29", "127.0.0.9", "203.0.113.7", "203.0.113.7", TestName = "So is one of a listed network")]
    [TestCase("127.0.0.9", "127.0.0.9", null, "127.0.0.9", TestName = "A proxy that names nobody is the caller")]
    [TestCase("127.0.0.9", "127.0.0.9", "203.0.113.7, 198.51.100.4", "198.51.100.4", TestName = "Of what a client forged, the proxy's own addition is taken")]
    [TestCase("127.0.0.9", "127.0.0.9", "203.0.113.7, 127.0.0.9, 198.51.100.4", "198.51.100.4", TestName = "Even if he names a listed proxy")]
    [TestCase("127.0.0.9 10.0.0.0/8", "127.0.0.9", "198.51.100.4, 203.0.113.7, 10.1.2.3", "203.0.113.7", TestName = "A chain is walked to the first that is not listed")]
    [TestCase("127.0.0.9, 10.0.0.0/8", "127.0.0.9", "10.1.2.4, 10.1.2.3", "10.1.2.4", TestName = "And to its end where all are listed")]
    [TestCase("127.0.0.9 10.0.0.0/8", "127.0.0.9", "nonsense, 10.1.2.3", "10.1.2.3", TestName = "What is no address ends the chain")]
    [TestCase("127.0.0.9", "127.0.0.9", "2001:db8::5", "2001:db8::5", TestName = "A caller may have an IPv6 address")]
    [TestCase("127.0.0.9", "127.0.0.9", "[2001:db8::5]:4711", "2001:db8::5", TestName = "With a port")]
    [TestCase("127.0.0.9", "127.0.0.9", "::ffff:203.0.113.7", "203.0.113.7", TestName = "An IPv4 address is written as one")]
    [TestCase("::1", "::1", "203.0.113.7", "203.0.113.7", TestName = "A proxy may have an IPv6 address")]
    [TestCase("fd00::/8 2001:db8::/64", "::1", "203.0.113.7", "::1", TestName = "And one that is not listed is not believed by it")]
    public async Task The_address_is_the_callers(string? listed, string peer, string? forwarded, string expected)
    {
        var log = new RecordedLog<CredentialRefusalWriter>();
        await using var service = await BhivService.StartAsync(
            arguments: [$"--urls=http://{(peer.Contains(':', StringComparison.Ordinal) ? "[::1]" : "127.0.0.1")}:0", .. listed is null ? [] : new[] { $"--Http:Proxies={listed}" }],
            replace: services => services.AddSingleton<ILogger<CredentialRefusalWriter>>(log));
        using var client = Peer.ClientFrom(peer, service.Client.BaseAddress!);
        if (forwarded is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwarded);

        var login = await client.LoginAsync();
        await client.LoginAsync(password: "wrong");
        await client.LoginAsync(apiKey: "another-key");

        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK), login.Body);
        Assert.That(service.Query("SELECT address FROM failed_logins WHERE reason = 'wrong_password'", row => row.GetString(0)), Is.EqualTo(new[] { expected }));
        Assert.That(service.Query("SELECT address FROM refresh_tokens", row => row.GetString(0)), Is.EqualTo(new[] { expected }));
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.All.Contains($"from {expected}:"));
    }

    [Test]
    public async Task Two_headers_are_one_chain()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1"]);

        await Peer.SendAsync(service.Client.BaseAddress!,
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: bhiv-secret-key-2024\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-For: 198.51.100.4\r\n"
            + "Content-Length: 39\r\nConnection: close\r\n\r\n{\"username\":\"admin\",\"password\":\"wrong\"}");

        Assert.That(service.Query("SELECT address FROM failed_logins", row => row.GetString(0)), Is.EqualTo(new[] { "198.51.100.4" }));
    }

    [Test]
    public async Task No_header_of_a_proxy_changes_the_host_or_the_path()
    {
        var seen = new Seen();
        await using var service = await BhivService.StartAsync(
            arguments: ["--Http:Proxies=127.0.0.1"], replace: services => services.AddSingleton<IStartupFilter>(seen));

        var answer = await Peer.SendAsync(service.Client.BaseAddress!,
            "GET /nowhere HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Prefix: /evil\r\nConnection: close\r\n\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 404 ").And.Contains("\"instance\":\"/nowhere\"").And.Not.Contain("evil"));
        Assert.That(seen.Host, Is.EqualTo("x"));
    }

    /// <summary>What the request has become.</summary>
    private sealed class Seen : IStartupFilter
    {
        public string? Host { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, go) =>
            {
                await go(context);
                Host = context.Request.Host.Value;
            });
            next(app);
        };
    }
}
