using System.Net;
using Bhiv.Api.Rotation;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Rotation;

/// <summary>
/// How old each secret is, told wherever somebody looks. Alone: meters are known by their names, and a service that runs beside it in this
/// process would be measured with it.
/// </summary>
[NonParallelizable]
public sealed class RotationWatchTests
{
    private static readonly string SigningKeyId = new SigningKey(Calls.JwtSecret).Id;

    private RecordedLog<RotationWatch> log = null!;
    private BhivService service = null!;

    private string ApiKeyId => service.Query("SELECT key_id FROM api_keys WHERE secret_hash IS NULL", row => row.GetString(0)).Single();

    [SetUp]
    public async Task StartAsync()
    {
        log = new RecordedLog<RotationWatch>();
        service = await BhivService.StartAsync(replace: services => services.AddSingleton<ILogger<RotationWatch>>(log));
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Each_warning_is_told_once_and_what_is_overdue_once_a_day()
    {
        foreach (var days in new double[] { 0, 19.9, 20, 26, 27, 28.9, 29, 29.5, 30, 30.5, 31, 31.5 }) await LookAtDayAsync(days);

        var key = $"API_KEY {ApiKeyId} of client default is";
        Assert.That(log.Lines, Is.EqualTo(new[]
        {
            $"SecretDue: {key} 20 days old and shall be replaced within 10 days",
            $"SecretDue: {key} 27 days old and shall be replaced within 3 days",
            $"SecretDue: {key} 29 days old and shall be replaced within 1 days",
            $"SecretOverdue: {key} 30 days old and should have been replaced 0 days ago",
            $"SecretOverdue: {key} 31 days old and should have been replaced 1 days ago",
        }));
    }

    [Test]
    public async Task A_signing_key_has_ninety_days()
    {
        await LookAtDayAsync(79.9);
        Assert.That(log.Lines, Has.None.Contains("JWT_SECRET"));

        await LookAtDayAsync(80);

        Assert.That(log.Lines, Has.Some.EqualTo($"SecretDue: JWT_SECRET {SigningKeyId} of client (null) is 80 days old and shall be replaced within 10 days"));
    }

    [Test]
    public async Task Metrics_and_the_details_of_health_tell_age_and_what_is_left()
    {
        await service.MakeKeyAsync(client: "ci");
        await LookAtDayAsync(12);

        var series = (await Scrape.OfAsync(service.Client)).Series;
        var health = await service.Client.SendAsync(HttpMethod.Get, "/health");

        const double day = 86400;
        Assert.That(series[$"bhiv_secret_age_seconds{{client=\"\",id=\"{SigningKeyId}\",secret=\"JWT_SECRET\"}}"], Is.EqualTo(12 * day).Within(60));
        Assert.That(series[$"bhiv_secret_time_left_seconds{{client=\"\",id=\"{SigningKeyId}\",secret=\"JWT_SECRET\"}}"], Is.EqualTo(78 * day).Within(60));
        Assert.That(series[$"bhiv_secret_time_left_seconds{{client=\"default\",id=\"{ApiKeyId}\",secret=\"API_KEY\"}}"], Is.EqualTo(18 * day).Within(60));
        Assert.That(series.Single(it => it.Key.Contains("client=\"ci\"") && it.Key.Contains("time_left")).Value, Is.EqualTo(18 * day).Within(60));
        Assert.That(health.Body, Does.Contain($"JWT_SECRET {SigningKeyId}: 12 days old, 78 days left.").And.Contain($"API_KEY {ApiKeyId}: 12 days old, 18 days left."));
    }

    [Test]
    public async Task What_is_overdue_goes_on_and_the_service_is_ready()
    {
        await LookAtDayAsync(100);

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        var health = await service.Client.SendAsync(HttpMethod.Get, "/health");
        Assert.That(health.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(health.Body, Does.Contain($"API_KEY {ApiKeyId}: 100 days old, overdue for 70 days."));
    }

    [Test]
    public async Task Whoever_calls_is_told_ten_days_before_by_when_his_key_is_to_be_replaced()
    {
        var (_, text) = await service.MakeKeyAsync(client: "ci");
        await LookAtDayAsync(20 - 0.0001);
        Assert.That((await service.Client.LoginAsync(apiKey: text)).Response.Headers.Contains("API-Key-Rotate-By"), Is.False);

        await LookAtDayAsync(20);

        foreach (var key in new[] { text, Calls.ApiKey })
        {
            var login = await service.Client.LoginAsync(apiKey: key);
            Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(login.Response.Headers.GetValues("API-Key-Rotate-By"), Is.EqualTo(new[] { "2026-03-31T12:00:00Z" }));
        }
    }

    [Test]
    public async Task A_key_that_was_rotated_is_due_no_more()
    {
        var id = new ApiKeyId((await service.MakeKeyAsync(client: "ci")).Id);
        await LookAtDayAsync(21);
        await service.Services.GetRequiredService<ApiKeyAdministration>().RotateAsync(id, null, new Author("test"), CancellationToken.None);

        await LookAtDayAsync(21.1);

        var told = service.Services.GetRequiredService<RotationWatch>().Secrets.Where(secret => secret.Client?.Value == "ci").ToList();
        Assert.That(told, Has.Count.EqualTo(2));
        Assert.That(told.Single(secret => secret.Id == id.Value).RotateBy, Is.Null);
    }

    private async Task LookAtDayAsync(double days)
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        service.Clock.SetUtcNow(start + TimeSpan.FromDays(days));
        await service.Services.GetRequiredService<RotationWatch>().LookAsync(CancellationToken.None);
    }
}
