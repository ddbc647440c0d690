using System.Collections.Concurrent;
using System.Text;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Monitoring;

/// <summary>What a collector gets that the standard's variables name (OTLP).</summary>
public sealed class CollectorTests
{
    [Test]
    public async Task Spans_and_metrics_arrive_under_the_services_name_and_nothing_that_was_sent_with_them()
    {
        var received = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.GetOrAdd(signal, _ => []).Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.Start(
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["BHIV_DATA"] = directory.Path,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            },
            ["--urls=http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        const string canary = "canary-4b1d";

        var login = await client.LoginAsync();
        await client.RefreshAsync(login.RefreshToken);
        await client.GenerateAsync(login.AccessToken, canary);
        await client.LoginAsync(canary, canary, canary);
        await client.LoginAsync(canary, canary);
        await client.GetAsync($"/{canary}?key={canary}", login.AccessToken);
        await SendAsync(client, new HttpMethod(canary), $"/nowhere/{canary}", canary);
        // Whose own traces are switched off.
        await SendAsync(client, HttpMethod.Delete, $"{Calls.Sessions}/{canary}?{canary}", canary);
        string[] expected =
        [
            "HashPassword", "TryRotateAsync", "bhiv.logins", "http.server.request.duration", "POST api/v1/auth/login",
            "DELETE api/v1/auth/sessions/{id}", "http.request.method", "http.route", "http.response.status_code",
        ];
        string All() => string.Concat(received.Values.SelectMany(bodies => bodies));
        await Eventually.IsTrueAsync(() => All() is var all && expected.All(all.Contains));

        var sent = All();
        Assert.That(received.Keys, Is.EquivalentTo(new[] { "traces", "metrics" }));
        Assert.That(sent, Does.Contain("service.name").And.Contains("bhiv"));
        foreach (var secret in new[] { canary, "bhiv2024", Calls.ApiKey, login.AccessToken, login.RefreshToken })
            Assert.That(sent, Does.Not.Contain(secret));
    }

    /// <summary>With the word wherever a caller can put one that is no credential.</summary>
    private static async Task SendAsync(HttpClient client, HttpMethod method, string path, string canary)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("User-Agent", canary);
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{Guid.NewGuid():N}-00f067aa0ba902b7-00");
        request.Headers.TryAddWithoutValidation("tracestate", $"{canary}={canary}");
        request.Headers.TryAddWithoutValidation("baggage", $"{canary}={canary}");
        request.Headers.TryAddWithoutValidation("Referer", $"http://{canary}/");
        using var response = await client.SendAsync(request);
    }

    [Test]
    public async Task A_collector_that_is_not_there_holds_nobody_up()
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.Start(
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["BHIV_DATA"] = directory.Path,
                // Discard: nobody listens there.
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            },
            ["--urls=http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        for (var call = 0; call < 20; call++)
            Assert.That((await client.LoginAsync()).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        service.Terminate();

        Assert.That(await service.ExitCodeAsync(), Is.Zero, service.Output);
    }
}
