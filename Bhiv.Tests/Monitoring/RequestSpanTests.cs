using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Monitoring;

/// <summary>What the span of a whole call says where spans go to a collector.</summary>
public sealed class RequestSpanTests
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private ActivityListener listener = null!;
    private BhivService service = null!;

    [SetUp]
    public async Task ListenAsync()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        // Discard: nobody listens there.
        const string nowhere = "http://127.0.0.1:9";
        service = await BhivService.StartAsync(
            new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = nowhere },
            [$"--OTEL_EXPORTER_OTLP_ENDPOINT={nowhere}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"]);
    }

    [TearDown]
    public async Task StopAsync()
    {
        listener.Dispose();
        await service.DisposeAsync();
    }

    [TestCase("POST", Calls.Login, "bhiv2024", HttpStatusCode.OK, "POST api/v1/auth/login", "POST", "api/v1/auth/login")]
    [TestCase("POST", Calls.Login, "wrong", HttpStatusCode.Unauthorized, "POST api/v1/auth/login", "POST", "api/v1/auth/login")]
    [TestCase("GET", "/nowhere/canary?canary", "", HttpStatusCode.NotFound, "GET", "GET", null)]
    [TestCase("CANARY", "/nowhere/canary", "", HttpStatusCode.NotFound, "HTTP", "_OTHER", null)]
    [TestCase("PUT", Calls.Login, "", HttpStatusCode.MethodNotAllowed, "PUT", "PUT", null)]
    public async Task It_names_the_route_and_nothing_that_was_sent(
        string method, string path, string password, HttpStatusCode status, string name, string spoken, string? route)
    {
        var span = await SendAsync(method, path, password);

        Assert.That(span.DisplayName, Is.EqualTo(name));
        Assert.That(span.TagObjects, Is.EquivalentTo(Tags(spoken, route, status)));
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset), "the caller's mistake is not the service's");
        Assert.That((span.TraceStateString, span.Baggage.Count(), span.Events.Count()), Is.EqualTo(((string?)null, 0, 0)));
    }

    [Test]
    public async Task A_fault_of_the_service_is_an_error_of_the_route_that_had_it()
    {
        service.Execute("ALTER TABLE accounts RENAME TO gone");

        var span = await SendAsync("POST", Calls.Login, "bhiv2024");

        Assert.That((span.DisplayName, span.Status, span.StatusDescription), Is.EqualTo(("POST api/v1/auth/login", ActivityStatusCode.Error, (string?)null)));
        Assert.That(span.TagObjects, Is.EquivalentTo(Tags("POST", "api/v1/auth/login", HttpStatusCode.InternalServerError)));
    }

    /// <summary>The span of a call whose caller has switched his own traces off, and sent what he could.</summary>
    private async Task<Activity> SendAsync(string method, string path, string password)
    {
        var trace = ActivityTraceId.CreateRandom();
        var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent($$"""{"username":"admin","password":"{{password}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Add("traceparent", $"00-{trace.ToHexString()}-00f067aa0ba902b7-00");
        request.Headers.Add("tracestate", "canary=canary");
        request.Headers.Add("baggage", "canary=canary");
        request.Headers.TryAddWithoutValidation("User-Agent", "canary");
        using var response = await service.Client.SendAsync(request);
        // It ends after the answer.
        await Eventually.IsTrueAsync(() => ended.Any(span => span.TraceId == trace));
        return ended.Single(span => span.TraceId == trace);
    }

    private static Dictionary<string, object?> Tags(string method, string? route, HttpStatusCode status)
    {
        var tags = new Dictionary<string, object?> { ["http.request.method"] = method, ["http.response.status_code"] = (int)status };
        if (route is not null) tags["http.route"] = route;
        return tags;
    }
}
