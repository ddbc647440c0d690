using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bhiv.Domain.Monitoring;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Monitoring;

/// <summary>The steps of a call under the trace of the caller.</summary>
public sealed class TracingTests
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private ActivityListener listener = null!;
    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task ListenAsync()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BhivTracing.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        service = await BhivService.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        listener.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task Each_step_of_a_login_and_of_a_refresh_is_a_span_of_the_callers_trace_and_has_no_secret_in_it()
    {
        var (login, pair) = await TracedAsync(Calls.Login, new { username = "admin", password = "bhiv2024" });
        var (refresh, _) = await TracedAsync(Calls.Refresh, new { refresh_token = pair.RefreshToken });

        Assert.That(login.Select(span => span.OperationName), Is.EqualTo(new[] { "FindByNameAsync", "ReadThrottles", "HashPassword", "TryAddAsync", "WriteThrottles" }));
        Assert.That(refresh.Select(span => span.OperationName), Is.EqualTo(new[] { "FindAsync", "TryRotateAsync" }));
        foreach (var span in login.Concat(refresh))
        {
            Assert.That(span.TagObjects, Is.Empty);
            Assert.That(span.Events, Is.Empty);
            Assert.That(span.Baggage, Is.Empty);
        }
    }

    [Test]
    public async Task A_refusal_names_the_callers_trace()
    {
        var (spans, refused) = await TracedAsync(Calls.Login, new { username = "admin", password = "wrong" });

        Assert.That(refused.Json.GetProperty("trace_id").GetString(), Is.EqualTo(spans[0].TraceId.ToHexString()));
        Assert.That(spans.Select(span => span.OperationName), Does.Contain("AddAsync"), "the failed login");
    }

    private async Task<(List<Activity> Spans, Answer Answer)> TracedAsync(string path, object body)
    {
        var trace = ActivityTraceId.CreateRandom();
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Add("traceparent", $"00-{trace.ToHexString()}-00f067aa0ba902b7-01");
        var answer = await Answer.OfAsync(service.Client.SendAsync(request));
        return ([.. ended.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc)], answer);
    }
}
