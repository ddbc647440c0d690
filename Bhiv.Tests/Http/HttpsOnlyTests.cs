using System.Net;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Http;

/// <summary>What is known to have come in plain text, where proxies are listed.</summary>
public sealed class HttpsOnlyTests
{
    private const string Proxy = "10.0.0.9";

    [TestCase(Proxy, null, true, TestName = "A listed proxy that says nothing of the scheme has ended TLS")]
    [TestCase(Proxy, "https", true, TestName = "One that says so has")]
    [TestCase(Proxy, "HTTPS", true, TestName = "In capitals too")]
    [TestCase(Proxy, "http", false, TestName = "One that says it came in plain text is believed")]
    [TestCase(Proxy, "https, http", false, TestName = "And what a caller wrote before it is not")]
    [TestCase(Proxy, "http, https", true, TestName = "Whichever it was")]
    [TestCase(Proxy, "ht tp", false, TestName = "What cannot be read is not taken for TLS")]
    [TestCase("::ffff:" + Proxy, "http", false, TestName = "On a socket of both families too")]
    [TestCase(null, null, true, TestName = "A Unix socket counts as a listed proxy")]
    [TestCase(null, "http", false, TestName = "And is believed as one")]
    [TestCase("192.0.2.7", null, false, TestName = "What comes past the proxies is refused")]
    [TestCase("192.0.2.7", "https", false, TestName = "Whatever it says")]
    [TestCase("::ffff:192.0.2.7", "https", false, TestName = "On either family")]
    [TestCase("2001:db8::7", "https", false, TestName = "Of either family")]
    [TestCase("127.0.0.1", null, true, TestName = "What comes from this machine has met nobody")]
    [TestCase("127.0.0.1", "http", true, TestName = "And whatever it says is not believed")]
    [TestCase("::ffff:127.0.0.1", null, true, TestName = "On either socket")]
    [TestCase("::1", null, true, TestName = "Or family")]
    public async Task A_call_in_plain_text_is_refused_before_its_credentials_are_judged(string? peer, string? scheme, bool good)
    {
        var log = new RecordedLog<HttpOptions>();
        await using var service = await StartAsync(peer, log);
        using var client = ClientOf(service, scheme);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        var answer = await client.LoginAsync(apiKey: "another-key");

        Assert.That(answer.Code, Is.EqualTo(good ? "invalid_api_key" : "https_required"));
        Assert.That(answer.Status, Is.EqualTo(good ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden));
        var address = peer?.Replace("::ffff:", "", StringComparison.Ordinal) is { } text and not Proxy ? text : "203.0.113.7";
        Assert.That(log.Lines, good ? Is.Empty : Is.EqualTo(new[] { $"PlainRequestRefused: A call from {address} was refused: it came in plain text, and its credentials may be known to others" }));
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        if (!good) Assert.That(service.Count("failed_logins"), Is.Zero);
    }

    [Test]
    public async Task A_call_in_plain_text_is_counted_as_one_without_a_key_and_takes_nothing_of_its_keys_budget()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1", "--RateLimits:RequestsPerMinute=3"]);
        using var plain = ClientOf(service, "http");
        using var secure = ClientOf(service, "https");

        Assert.That(await CodesAsync(plain, Calls.ApiKey, 5), Is.EqualTo(new[] { "https_required", "https_required", "https_required", "rate_limited", "rate_limited" }));
        Assert.That(await CodesAsync(secure, "guess", 1), Is.EqualTo(new[] { "rate_limited" }), "one budget for all without a good key");
        Assert.That(await CodesAsync(secure, Calls.ApiKey, 4), Is.EqualTo(new[] { "validation_failed", "validation_failed", "validation_failed", "rate_limited" }));
        Assert.That((await plain.GetAsync("/health")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "as ever");

        static async Task<List<string?>> CodesAsync(HttpClient client, string key, int calls)
        {
            var codes = new List<string?>();
            while (codes.Count < calls) codes.Add((await client.PostAsync(Calls.Login, new { }, key)).Code);
            return codes;
        }
    }

    [Test]
    public async Task Of_all_who_come_in_plain_text_one_is_named_in_a_minute()
    {
        var log = new RecordedLog<HttpOptions>();
        await using var service = await StartAsync("192.0.2.7", log);

        foreach (var seconds in new[] { 0, 30, 29, 1, 30 })
        {
            service.Clock.Advance(TimeSpan.FromSeconds(seconds));
            for (var call = 0; call < 3; call++) await service.Client.LoginAsync();
        }

        Assert.That(log.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_client_at_the_proxys_own_machine_is_no_exception()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1"]);
        using var client = ClientOf(service, "http");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.5");

        Assert.That((await client.LoginAsync()).Code, Is.EqualTo("https_required"));
    }

    [Test]
    public async Task Each_call_of_a_connection_is_judged_by_itself()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1"]);

        var answers = await Peer.SendAsync(service.Client.BaseAddress!, string.Concat(new[] { "", "X-Forwarded-Proto: http\r\n", "X-Forwarded-Proto: https\r\n", "X-Forwarded-Proto: http\r\nConnection: close\r\n" }
            .Select(header => $"GET /problems HTTP/1.1\r\nHost: x\r\n{header}\r\n")));

        Assert.That(
            answers.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]), Is.EqualTo(new[] { "200", "403", "200", "403" }));
    }

    [TestCase("/health", 200)]
    [TestCase("/health/live", 200)]
    [TestCase("/HEALTH/ready", 200)]
    [TestCase("/healthy", 403)]
    [TestCase("/metrics", 403)]
    [TestCase("/problems", 403)]
    [TestCase("/swagger/index.html", 403)]
    [TestCase("/openapi.json", 403)]
    [TestCase("/nowhere", 403)]
    public async Task Only_probes_may_come_in_plain_text(string path, int status)
    {
        await using var service = await StartAsync("192.0.2.7");

        Assert.That((int)(await service.Client.GetAsync(path)).StatusCode, Is.EqualTo(status));
    }

    [TestCase("--Http:Proxies=10.0.0.9", "--Http:AllowPlain=true")]
    [TestCase("--Http:AllowPlain=true", "--Http:AllowPlain=true")]
    public async Task Where_plain_text_is_allowed_nothing_is_refused(params string[] arguments)
    {
        await using var service = await BhivService.StartAsync(arguments: arguments, replace: services => From(services, "192.0.2.7"));

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_plain_address_may_be_open_where_proxies_are_listed()
    {
        await using var service = await BhivService.StartAsync(
            new()
            {
                ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
                ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
                ["DEMO_USERNAME"] = "admin",
                ["DEMO_PASSWORD"] = "the kettle sang twice",
            },
            ["--environment=Production", "--urls=http://0.0.0.0:0", "--Http:Proxies=127.0.0.9"]);
        var here = new Uri($"http://127.0.0.1:{service.Client.BaseAddress!.Port}");
        using var proxied = Peer.ClientFrom("127.0.0.9", here);
        using var plain = Peer.ClientFrom("127.0.0.9", here);
        plain.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");

        var login = await proxied.LoginAsync("admin", "the kettle sang twice", "5d3a49268f0c1b7e5d3a4926");

        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(login.Response.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
        var refused = await plain.LoginAsync("admin", "the kettle sang twice", "5d3a49268f0c1b7e5d3a4926");
        Assert.That(refused.Code, Is.EqualTo("https_required"));
        Assert.That(refused.Response.Headers.Contains("Strict-Transport-Security"), Is.False, "in plain text it says nothing (RFC 6797 §7.2)");
    }

    private static Task<BhivService> StartAsync(string? peer, ILogger<HttpOptions>? log = null) => BhivService.StartAsync(
        arguments: [$"--Http:Proxies={Proxy}"],
        replace: services =>
        {
            From(services, peer);
            if (log is not null) services.AddSingleton(log);
        });

    private static HttpClient ClientOf(BhivService service, string? scheme)
    {
        var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        if (scheme is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Proto", scheme);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Original-Proto", "https");
        return client;
    }

    /// <summary>Every connection comes from there, as far as the service can tell.</summary>
    private static void From(IServiceCollection services, string? peer) => services.AddSingleton<IStartupFilter>(new Elsewhere(peer is null ? null : IPAddress.Parse(peer)));

    private sealed class Elsewhere(IPAddress? peer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = peer;
                return go(context);
            });
            next(app);
        };
    }
}
