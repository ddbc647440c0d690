using System.IO.Compression;
using System.Net;
using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace Bhiv.Tests.Monitoring;

/// <summary>What Sentry gets, as a local ingest receives it. The SDK has one hub for the process: these run alone.</summary>
[NonParallelizable]
public sealed class SentryTests
{
    private readonly List<string> envelopes = [];
    private WebApplication ingest = null!;

    [SetUp]
    public async Task StartIngestAsync()
    {
        envelopes.Clear();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ingest = builder.Build();
        ingest.Urls.Add("http://127.0.0.1:0");
        ingest.MapPost("/api/{project}/envelope/", async (HttpRequest request) =>
        {
            Stream body = request.Body;
            if (request.Headers.ContentEncoding == "gzip") body = new GZipStream(body, CompressionMode.Decompress);
            using var reader = new StreamReader(body, Encoding.UTF8);
            var envelope = await reader.ReadToEndAsync();
            lock (envelopes) envelopes.Add(envelope);
            return Results.Ok(new { });
        });
        await ingest.StartAsync();
    }

    [TearDown]
    public async Task StopIngestAsync() => await ingest.DisposeAsync();

    [Test]
    public async Task A_fault_is_one_event_without_key_query_or_body()
    {
        var url = new Uri(ingest.Urls.Single());
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("a fault on purpose"));

        Answer answer;

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{url.Port}/1" },
            // As in life: Serilog writes its error line too.
            ["--Serilog:MinimumLevel:Default=Error"],
            services => services.AddSingleton(store.Object)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Login + "?canary=in-the-query#x")
            {
                Content = new StringContent("""{"username":"admin","password":"canary-in-the-body"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-Key", Calls.ApiKey);
            request.Headers.Add("Authorization", "Bearer canary-in-a-token");
            request.Headers.Add("Cookie", "canary=in-a-cookie");
            request.Headers.Add("X-Other", "canary-in-a-header");
            request.Headers.Add("User-Agent", "agent-that-may-be-seen");

            answer = await Answer.OfAsync(service.Client.SendAsync(request));
        }

        var events = envelopes.Where(envelope => envelope.Contains("\"type\":\"event\"", StringComparison.Ordinal)).ToList();
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(events, Has.Count.EqualTo(1));
        Assert.That(events[0], Does.Contain($"\"trace_id\":\"{answer.Json.GetProperty("trace_id").GetString()}\""));
        Assert.That(events[0], Does.Contain("a fault on purpose").And.Contains("/api/v1/auth/login").And.Contains("agent-that-may-be-seen"));
        Assert.That(string.Concat(envelopes), Does.Not.Contain("canary").And.Not.Contain(Calls.ApiKey));
    }

    [Test]
    public async Task A_token_that_is_reused_is_a_message_once_a_minute_and_one_issue_for_all()
    {
        var url = new Uri(ingest.Urls.Single());
        var secrets = new List<string>();

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{url.Port}/1" }, ["--Serilog:MinimumLevel:Default=Error"]))
        {
            await ReuseAsync(service);
            await ReuseAsync(service);
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            await ReuseAsync(service);
        }

        var events = envelopes.Where(envelope => envelope.Contains("\"type\":\"event\"", StringComparison.Ordinal)).ToList();
        Assert.That(events, Has.Count.EqualTo(2));
        Assert.That(events, Has.All.Contains("\"fingerprint\":[\"RefreshTokenReused\"]").And.All.Contains("A used refresh token of session"));
        foreach (var secret in secrets) Assert.That(string.Concat(envelopes), Does.Not.Contain(secret));

        async Task ReuseAsync(BhivService service)
        {
            var login = await service.Client.LoginAsync();
            secrets.Add(login.RefreshToken);
            await service.Client.RefreshAsync(login.RefreshToken);
            service.Clock.Advance(TimeSpan.FromSeconds(11));
            Assert.That((await service.Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("refresh_token_reused"));
        }
    }

    [Test]
    public async Task A_credential_is_taken_out_by_its_shape_wherever_a_fault_carries_it()
    {
        var url = new Uri(ingest.Urls.Single());
        var store = new Mock<IAccountStore>();
        const string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl";
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException($"no good: {token}", new FormatException($"nor {Calls.ApiKey}")));

        await using (var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{url.Port}/1" },
            replace: services => services.AddSingleton(store.Object)))
            await service.Client.LoginAsync();

        var sent = string.Concat(envelopes);
        Assert.That(sent, Does.Contain("no good: [credential]").And.Contains("nor [credential]"));
        Assert.That(sent, Does.Not.Contain(token).And.Not.Contain("eyJzdWIi").And.Not.Contain(Calls.ApiKey));
    }

    [Test]
    public async Task An_ingest_that_does_not_answer_holds_nobody_up()
    {
        using var deaf = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var port = ((IPEndPoint)deaf.LocalEndpoint).Port;
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("a fault on purpose"));
        await using var service = await BhivService.StartAsync(
            new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{port}/1" },
            replace: services => services.AddSingleton(store.Object));

        // Far more than the queue of reports holds, and each of them would wait for the ingest.
        var calls = Task.WhenAll(Enumerable.Range(0, 100).Select(_ => service.Client.LoginAsync()));

        Assert.That((await calls.WaitAsync(TimeSpan.FromSeconds(20))).Select(answer => answer.Code), Has.All.EqualTo("internal_error"));
    }

    [Test]
    public async Task A_refusal_is_no_event()
    {
        var url = new Uri(ingest.Urls.Single());

        await using (var service = await BhivService.StartAsync(new() { ["SENTRY_DSN"] = $"http://public@127.0.0.1:{url.Port}/1" }))
        {
            await service.Client.LoginAsync(password: "wrong");
            await service.Client.GenerateAsync("x", apiKey: "y");
            await service.Client.SendAsync(Calls.Login, new StringContent(new string(' ', 70_000)));
        }

        Assert.That(envelopes.Where(envelope => envelope.Contains("\"type\":\"event\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Without_a_DSN_there_is_no_Sentry()
    {
        await using var service = await BhivService.StartAsync();

        Assert.That(service.Services.GetService<Sentry.IHub>(), Is.Null);
        Assert.That(Sentry.SentrySdk.IsEnabled, Is.False);
    }
}
