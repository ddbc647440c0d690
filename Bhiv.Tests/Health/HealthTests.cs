using System.Net;
using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Bhiv.Tests.Health;

public sealed class HealthTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("/health/live", """{"status":"live"}""")]
    [TestCase("/health/ready", """{"status":"ready"}""")]
    [TestCase("/health", """{"status":"ready"}""")]
    public async Task Whoever_asks_is_told_the_state_and_no_more(string path, string expected)
    {
        var answer = await Client.SendAsync(HttpMethod.Get, path, apiKey: null);
        var head = await Client.SendAsync(HttpMethod.Head, path, apiKey: null);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((HttpStatusCode.OK, expected)));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That((head.Status, head.Body), Is.EqualTo((HttpStatusCode.OK, "")));
    }

    [Test]
    public async Task A_key_of_scope_ops_is_told_of_each_part()
    {
        var answer = await Client.SendAsync(HttpMethod.Get, "/health");

        Assert.That(answer.Json.GetProperty("status").GetString(), Is.EqualTo("ready"));
        Assert.That(
            answer.Json.GetProperty("checks").EnumerateArray().Select(check => (check.GetProperty("name").GetString(), check.GetProperty("status").GetString())),
            Is.EquivalentTo(new[] { ("signing_keys", "healthy"), ("database", "healthy"), ("revocation_feed", "healthy"), ("secrets", "healthy") }));
    }

    [Test]
    public async Task A_key_without_the_scope_is_told_the_state_alone_and_a_wrong_one_is_refused_and_logged()
    {
        await using var narrow = await BhivService.StartAsync(replace: services =>
            services.AddSingleton(new ApiKeyOptions { BootstrapScopes = Scopes.All & ~Scopes.Ops }));

        var without = await narrow.Client.SendAsync(HttpMethod.Get, "/health");
        var wrong = await narrow.Client.SendAsync(HttpMethod.Get, "/health", apiKey: "another-key");
        narrow.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(without.Body, Is.EqualTo("""{"status":"ready"}"""));
        Assert.That((wrong.Status, wrong.Code), Is.EqualTo((HttpStatusCode.Unauthorized, "invalid_api_key")));
        await Eventually.IsTrueAsync(() => narrow.Count("failed_logins") == 1);
    }

    [Test]
    public async Task A_database_that_does_not_answer_turns_it_within_a_second_and_back()
    {
        Assert.That(await ReadyAsync(), Is.EqualTo(HttpStatusCode.OK));
        service.Execute("ALTER TABLE __EFMigrationsHistory RENAME TO gone");
        Assert.That(await ReadyAsync(), Is.EqualTo(HttpStatusCode.OK), "what was found a moment ago");
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        var turned = await Client.SendAsync(HttpMethod.Get, "/health");
        var state = await Client.SendAsync(HttpMethod.Get, "/health/ready", apiKey: null);
        var live = await Client.SendAsync(HttpMethod.Get, "/health/live", apiKey: null);
        service.Execute("ALTER TABLE gone RENAME TO __EFMigrationsHistory");
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((turned.Status, turned.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "unavailable")));
        Assert.That(turned.Json.GetProperty("detail").GetString(), Does.Contain("database: The schema is older"));
        Assert.That(state.Json.GetProperty("detail").GetString(), Is.EqualTo("The service is not ready."));
        Assert.That(state.Response.Headers.RetryAfter, Is.Not.Null);
        Assert.That(live.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ReadyAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_feed_that_cannot_be_read_turns_it()
    {
        service.Execute("ALTER TABLE audit_events RENAME TO gone");
        service.Clock.Advance(TimeSpan.FromSeconds(6));

        var turned = await Client.SendAsync(HttpMethod.Get, "/health");

        Assert.That(turned.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(turned.Json.GetProperty("detail").GetString(), Does.Match("revocation_feed: Last read [67].. s ago"));
    }

    [Test]
    public async Task A_process_that_was_told_to_stop_is_not_ready_at_once_whatever_is_still_judged()
    {
        var never = new TaskCompletionSource<HealthCheckResult>();
        await using var leaving = await BhivService.StartAsync(replace: services => services.AddHealthChecks()
            .Add(new HealthCheckRegistration("stuck", new StuckCheck(never.Task), null, null)));
        var asked = leaving.Client.GetAsync("/health/ready");
        await Task.Delay(100);

        leaving.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        try
        {
            var answer = await leaving.Client.SendAsync(HttpMethod.Get, "/health/ready", apiKey: null).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.That(answer.Json.GetProperty("detail").GetString(), Is.EqualTo("The service is stopping."));
        }
        finally
        {
            never.SetResult(HealthCheckResult.Healthy());
            (await asked).Dispose();
        }
    }

    private async Task<HttpStatusCode> ReadyAsync() => (await Client.SendAsync(HttpMethod.Get, "/health/ready", apiKey: null)).Status;

    private sealed class StuckCheck(Task<HealthCheckResult> outcome) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => outcome;
    }
}
