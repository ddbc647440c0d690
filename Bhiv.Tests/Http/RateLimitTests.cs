using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Http;

/// <summary>Who has which budget of requests, over real sockets; the minute is the test's.</summary>
public sealed class RateLimitTests
{
    private const int Limit = 600;

    private RecordedLog<RateLimitRefusal> log = null!;
    private RecordedLog<CredentialRefusalWriter> authentication = null!;
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        log = new();
        authentication = new();
        service = await LimitedAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task The_six_hundred_and_first_of_a_key_is_refused_and_nobody_else_is()
    {
        var (mine, other) = ((await service.MakeKeyAsync()).Text, (await service.MakeKeyAsync()).Text);
        await SendAsync(Limit, mine, HttpStatusCode.BadRequest);
        var refused = await LoginAsync(Client, mine);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Code, Is.EqualTo("rate_limited"));
        Assert.That(refused.Json.GetProperty("error").GetString(), Is.EqualTo("slow_down"));
        Assert.That(refused.Response.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(61)));
        Assert.That(refused.Json.GetProperty("detail").GetString(), Does.Match("^Too many requests\\. Come back in [1-9][0-9]? seconds\\.$"));
        Assert.That(refused.Response.Headers.CacheControl!.NoStore, Is.True);
        using var elsewhere = Peer.ClientFrom("127.0.0.2", Client.BaseAddress!);
        Assert.That((await LoginAsync(Client, other)).Status, Is.EqualTo(HttpStatusCode.BadRequest), "another key");
        Assert.That((await LoginAsync(elsewhere, mine)).Status, Is.EqualTo(HttpStatusCode.BadRequest), "another address");
        Assert.That((await LoginAsync(Client, "guess")).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "no good key");
        Assert.That((await LoginAsync(Client, mine)).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), "and still");
        Assert.That(log.Lines.Count(line => line.StartsWith("RateLimited: ", StringComparison.Ordinal)), Is.EqualTo(1), "told once a minute");
        Assert.That(log.Lines[0], Does.Contain("client default").And.Contains("127.0.0.1"));
    }

    [Test]
    public async Task Waiting_for_Retry_After_is_enough_and_two_seconds_less_are_not()
    {
        // The limiter's clock is the machine's.
        var limits = new RateLimitOptions { RequestsPerMinute = 2, Window = Proofs.Size(TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(1)) };
        await using var narrow = await BhivService.StartAsync(replace: services => services.AddSingleton(limits));
        var sinceBefore = System.Diagnostics.Stopwatch.StartNew();
        for (var call = 0; call < 2; call++) await narrow.Client.LoginAsync();
        var wait = (await narrow.Client.LoginAsync()).Response.Headers.RetryAfter!.Delta!.Value;

        // The window began after that, and its end is seen a little late.
        Assert.That(wait, Is.GreaterThanOrEqualTo(limits.Window - sinceBefore.Elapsed + TimeSpan.FromSeconds(0.5)));
        Assert.That(wait, Is.InRange(TimeSpan.FromSeconds(3), limits.Window + TimeSpan.FromSeconds(1)));
        await Task.Delay(wait - TimeSpan.FromSeconds(2));
        Assert.That((await narrow.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.That((await narrow.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Whatever_is_no_good_key_shares_one_budget_of_its_network_and_reaches_no_authentication_beyond_it()
    {
        var keys = new[] { null, "", "a key", (await service.MakeExpiredKeyAsync()).Text, (await service.MakeRevokedKeyAsync()).Text };
        // As many keys as calls, and all the ways not to have one.
        for (var call = 0; call < Limit; call++)
        {
            var key = call < keys.Length ? keys[call] : $"guess-{call}";
            Assert.That((await LoginAsync(Client, key)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        }
        var statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(async call => (await LoginAsync(Client, $"more-{call}")).Status));
        var doubled = await SendTwoKeysAsync();
        foreach (var key in keys)
            Assert.That((await LoginAsync(Client, key)).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), key);

        Assert.That(statuses, Is.All.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(doubled, Does.StartWith("HTTP/1.1 429 "));
        Assert.That((await Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK), "a good key of the same address");
        Assert.That(authentication.Lines, Has.Count.EqualTo(Limit), "what authentication has seen");
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => Rows() >= Limit - 4);
        // Nothing is known of the first two, and the expired key is none of the log's.
        Assert.That(Rows(), Is.EqualTo(Limit - 3));

        long Rows() => service.Query("SELECT coalesce(sum(count), 0) FROM failed_logins", row => row.GetInt64(0)).Single();
    }

    [Test]
    public async Task An_IPv6_network_has_one_budget_whatever_its_addresses_and_one_of_many_networks_is_named()
    {
        await using var narrow = await LimitedAsync(limit: 2, "--Http:Proxies=127.0.0.1");
        foreach (var address in new[] { "2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1", "203.0.113.7", "::ffff:203.0.113.7" })
            Assert.That(await StatusAsync(address), Is.EqualTo(HttpStatusCode.NotFound), address);

        foreach (var address in new[] { "2001:db8:1:2:ffff::1", "203.0.113.7" })
            Assert.That(await StatusAsync(address), Is.EqualTo(HttpStatusCode.TooManyRequests), address);

        Assert.That(log.Lines, Has.Count.EqualTo(1).And.All.Contains("from 2001:db8:1:2:ffff::1"));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "X-Forwarded-For", address } } };
            using var answer = await narrow.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Test]
    public async Task Health_is_never_limited_but_for_whoever_guesses_a_key_there()
    {
        await using var narrow = await LimitedAsync(limit: 2);
        foreach (var path in new[] { "/health", "/health/live", "/health/ready" })
        {
            for (var call = 0; call < 20; call++)
            {
                foreach (var key in new[] { null, Calls.ApiKey })
                    Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, path, apiKey: key)).Status, Is.EqualTo(HttpStatusCode.OK));
            }
        }

        foreach (var expected in new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests })
            Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, "/health", apiKey: "guess")).Status, Is.EqualTo(expected));
        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, "/health", apiKey: null)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, "/health/live", apiKey: "guess")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Metrics_are_counted_by_their_key_wherever_it_stands()
    {
        await using var narrow = await LimitedAsync(limit: 2);
        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, Calls.Metrics, apiKey: null, accessToken: Calls.ApiKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, Calls.Metrics)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, Calls.Metrics)).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, Calls.Metrics, apiKey: null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "without it");
        Assert.That((await narrow.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), "the same key at another call");
    }

    [Test]
    public async Task What_has_no_such_path_and_the_pages_for_people_are_counted_too()
    {
        await using var narrow = await LimitedAsync(limit: 3);
        foreach (var path in new[] { "/nowhere", "/openapi.json", "/problems" }) await narrow.Client.GetAsync(path);

        foreach (var path in new[] { "/nowhere", "/openapi.json", "/problems", "/swagger/" })
            Assert.That((await narrow.Client.SendAsync(HttpMethod.Get, path, apiKey: null)).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), path);
    }

    private Task<BhivService> LimitedAsync(int limit = Limit, params string[] arguments) => BhivService.StartAsync(
        arguments: [FormattableString.Invariant($"--RateLimits:RequestsPerMinute={limit}"), .. arguments],
        replace: services => services
            .AddSingleton<ILogger<RateLimitRefusal>>(log).AddSingleton<ILogger<CredentialRefusalWriter>>(authentication));

    /// <summary>A call that costs no password hash: 400 for who has a good key.</summary>
    private static Task<Answer> LoginAsync(HttpClient client, string? key) => client.PostAsync(Calls.Login, new { }, key);

    private async Task SendAsync(int count, string key, HttpStatusCode expected)
    {
        for (var call = 0; call < count; call++) Assert.That((await LoginAsync(Client, key)).Status, Is.EqualTo(expected), $"{call}");
    }

    private async Task<string> SendTwoKeysAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST {Calls.Login} HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")));
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync();
    }
}
