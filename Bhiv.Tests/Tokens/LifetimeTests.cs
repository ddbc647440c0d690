using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Tokens;

/// <summary>Every lifetime over real HTTP, at its last microsecond and at its end.</summary>
public sealed class LifetimeTests
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        // Tokens count whole seconds, from the one in which they are issued: no test shall begin on one.
        service.Clock.Advance(TimeSpan.FromMilliseconds(618.033));
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task An_access_token_lives_15_minutes()
    {
        var login = await Client.LoginAsync();
        var end = Second(service.Clock.GetUtcNow()).AddMinutes(15);

        service.Clock.SetUtcNow(end - Microsecond);
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.IntrospectAsync(login.AccessToken)).Json.GetProperty("active").GetBoolean(), Is.True);

        service.Clock.SetUtcNow(end);
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("expired_token"));
        Assert.That((await Client.IntrospectAsync(login.AccessToken)).Body, Is.EqualTo("{\"active\":false}"));
    }

    [Test]
    public async Task A_revoked_access_token_is_revoked_until_it_has_expired()
    {
        var login = await Client.LoginAsync();
        var end = Second(service.Clock.GetUtcNow()).AddMinutes(15);
        await Client.RevokeAsync(login.RefreshToken);

        service.Clock.SetUtcNow(end - Microsecond);
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("revoked_token"));

        service.Clock.SetUtcNow(end);
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("expired_token"));
    }

    [TestCase(-1, "rotated")]
    [TestCase(0, "expired_refresh_token")]
    public async Task A_refresh_token_lives_7_days(int microseconds, string expected)
    {
        var login = await Client.LoginAsync();
        service.Clock.SetUtcNow(Second(service.Clock.GetUtcNow()).AddDays(7) + (microseconds * Microsecond));

        await AssertIntrospectionAsync(login.RefreshToken, expected == "rotated");
        Assert.That(OutcomeOf(await Client.RefreshAsync(login.RefreshToken)), Is.EqualTo(expected));
    }

    [TestCase(-1, "rotated")]
    [TestCase(0, "expired_refresh_token")]
    public async Task Each_rotation_gives_7_days_more(int microseconds, string expected)
    {
        var login = await Client.LoginAsync();
        service.Clock.Advance(TimeSpan.FromDays(5));
        var rotation = await Client.RefreshAsync(login.RefreshToken);
        service.Clock.SetUtcNow(Second(service.Clock.GetUtcNow()).AddDays(7) + (microseconds * Microsecond));

        Assert.That(OutcomeOf(await Client.RefreshAsync(rotation.RefreshToken)), Is.EqualTo(expected));
    }

    [TestCase(-1, "rotated")]
    [TestCase(0, "expired_refresh_token")]
    public async Task A_session_ends_30_days_after_its_login_however_often_it_is_refreshed(int microseconds, string expected)
    {
        var token = (await Client.LoginAsync()).RefreshToken;
        var end = Second(service.Clock.GetUtcNow()).AddDays(30);
        for (var day = 0; day < 24; day += 6)
        {
            service.Clock.Advance(TimeSpan.FromDays(6));
            token = (await Client.RefreshAsync(token)).RefreshToken;
        }
        service.Clock.SetUtcNow(end + (microseconds * Microsecond));

        await AssertIntrospectionAsync(token, expected == "rotated");
        Assert.That(OutcomeOf(await Client.RefreshAsync(token)), Is.EqualTo(expected));
    }

    [TestCase(-1, "retried")]
    [TestCase(0, "refresh_token_reused")]
    public async Task A_refresh_can_be_repeated_for_10_seconds(int microseconds, string expected)
    {
        var login = await Client.LoginAsync();
        var rotation = await Client.RefreshAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromSeconds(10) + (microseconds * Microsecond));

        var again = await Client.RefreshAsync(login.RefreshToken);

        Assert.That(OutcomeOf(again), Is.EqualTo(expected));
        if (expected == "retried") Assert.That(again.Body, Is.EqualTo(rotation.Body));
        await AssertIntrospectionAsync(rotation.RefreshToken, expected == "retried");
    }

    [TestCase(-1, 1)]
    [TestCase(0, 0)]
    public async Task A_session_is_purged_a_day_after_it_expired(int microseconds, int rows)
    {
        await Client.LoginAsync();
        service.Clock.SetUtcNow(Second(service.Clock.GetUtcNow()).AddDays(8) + (microseconds * Microsecond));

        await service.PurgedAsync();

        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(rows));
    }

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string OutcomeOf(Answer refresh) => refresh.Status == HttpStatusCode.OK
        ? refresh.Response.Headers.GetValues("Refresh-Outcome").Single()
        : refresh.Code;

    private async Task AssertIntrospectionAsync(string token, bool active) =>
        Assert.That((await Client.IntrospectAsync(token)).Json.GetProperty("active").GetBoolean(), Is.EqualTo(active));
}
