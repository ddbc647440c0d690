using System.Net;
using Bhiv.Api.Rotation;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.Rotation;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Rotation;

/// <summary>The machine's clock is set back by a day, and put right again.</summary>
public sealed class ClockSetBackTests : DataDirectoryFixture
{
    private static readonly Author By = new("test");

    private SettableClock clock = null!;
    private RecordedLog<RotationWatch> warnings = null!;
    private RecordedLog<EnvironmentSecrets> returns = null!;
    private BhivService service = null!;

    private ApiKeyAdministration Keys => service.Services.GetRequiredService<ApiKeyAdministration>();

    [SetUp]
    public Task StartAsync()
    {
        clock = new SettableClock();
        warnings = new RecordedLog<RotationWatch>();
        returns = new RecordedLog<EnvironmentSecrets>();
        return StartServiceAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Every_call_is_answered_and_whoever_was_logged_in_is_so_when_it_is_put_right()
    {
        var before = await service.Client.LoginAsync();
        clock.SetBack();

        // Of tomorrow, and so not good yet; that is no reason to end anything.
        Assert.That((await service.Client.GenerateAsync(before.AccessToken)).Code, Is.EqualTo("invalid_token"));
        Assert.That((await service.Client.RefreshAsync(before.RefreshToken)).Code, Is.EqualTo("invalid_refresh_token"));
        var meanwhile = await service.Client.LoginAsync();
        var refreshed = await service.Client.RefreshAsync(meanwhile.RefreshToken);
        foreach (var answer in new[]
        {
            meanwhile, refreshed,
            await service.Client.RefreshAsync(meanwhile.RefreshToken),
            await service.Client.GenerateAsync(refreshed.AccessToken),
            await service.Client.IntrospectAsync(refreshed.AccessToken),
            await service.Client.GetAsync(Calls.Me, refreshed.AccessToken),
            await service.Client.GetAsync(Calls.Sessions, refreshed.AccessToken),
            await service.Client.GetAsync(Calls.FailedLogins, refreshed.AccessToken),
            await service.Client.GetAsync(Calls.AuditEvents, refreshed.AccessToken),
            await service.Client.SendAsync(HttpMethod.Get, "/health"),
            await service.Client.SendAsync(HttpMethod.Get, Calls.Metrics),
        })
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);
        Assert.That((await service.Client.LoginAsync(password: "wrong")).Code, Is.EqualTo("invalid_credentials"));
        clock.PutRight();

        Assert.That((await service.Client.GenerateAsync(before.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var token in new[] { before.RefreshToken, refreshed.RefreshToken })
            Assert.That((await service.Client.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Query("SELECT count(*) FROM refresh_tokens WHERE revoked_at IS NOT NULL", row => row.GetInt64(0)), Is.EqualTo(new[] { 0 }));
        Assert.That(service.CountEvents(), Is.Zero);
    }

    [Test]
    public async Task No_key_has_an_age_below_nothing_and_none_came_back()
    {
        await service.MakeKeyAsync(client: "ci");
        clock.SetBack();
        await service.DisposeAsync();
        await StartServiceAsync();

        var health = await service.Client.SendAsync(HttpMethod.Get, "/health");
        var secrets = service.Services.GetRequiredService<RotationWatch>().Secrets;

        Assert.That(health.Body, Does.Contain(": 0 days old, 91 days left.").And.Contain(": 0 days old, 31 days left.").And.Not.Contain("-1 days"));
        Assert.That(secrets.Select(secret => secret.Age(clock.GetUtcNow())), Has.Exactly(3).Items.And.All.EqualTo(TimeSpan.Zero));
        Assert.That(returns.Lines, Is.Empty);
        Assert.That(warnings.Lines, Is.Empty);
    }

    [Test]
    public async Task A_warning_that_was_told_is_not_told_again_when_its_time_comes_a_second_time()
    {
        clock.Pass(TimeSpan.FromDays(30.1));
        await LookAsync();
        Assert.That(warnings.Lines, Has.Count.EqualTo(1).And.One.StartsWith("SecretOverdue: API_KEY"));

        clock.SetBack();
        await LookAsync();
        clock.Pass(TimeSpan.FromDays(1));
        await LookAsync();
        Assert.That(warnings.Lines, Has.Count.EqualTo(1));
        clock.PutRight();
        await LookAsync();

        Assert.That(warnings.Lines, Has.Count.EqualTo(2).And.All.StartsWith("SecretOverdue: API_KEY"));
    }

    [Test]
    public async Task A_key_that_was_revoked_stays_so_whenever_that_was()
    {
        var (early, earlyText) = await service.MakeKeyAsync(client: "ci");
        var (late, lateText) = await service.MakeKeyAsync(client: "ci");
        var (disabled, disabledText) = await service.MakeKeyAsync(client: "closed");
        var environment = service.Query("SELECT key_id FROM api_keys WHERE secret_hash IS NULL", row => new ApiKeyId(row.GetString(0))).Single();
        await Keys.RevokeAsync(new ApiKeyId(early), By);
        await service.Services.GetRequiredService<ClientAdministration>().DisableAsync(new("closed"), By);
        clock.SetBack();
        await Keys.RevokeAsync(new ApiKeyId(late), By);
        await Keys.RevokeAsync(environment, By);

        for (var look = 0; look < 2; look++)
        {
            await AssertRevokedAsync();
            // And whoever starts then knows no better.
            await service.DisposeAsync();
            await StartServiceAsync();
            await AssertRevokedAsync();
            clock.PutRight();
        }

        async Task AssertRevokedAsync()
        {
            foreach (var text in new[] { earlyText, lateText, disabledText, Calls.ApiKey })
                Assert.That((await service.Client.LoginAsync(apiKey: text)).Code, Is.EqualTo("revoked_api_key"));
        }
    }

    [Test]
    public async Task A_key_that_is_rotated_meanwhile_has_its_overlap()
    {
        var (old, oldText) = await service.MakeKeyAsync(client: "ci");
        clock.SetBack();

        var rotated = (RotationResult.Rotated)await Keys.RotateAsync(new ApiKeyId(old), TimeSpan.FromDays(2), By, CancellationToken.None);

        foreach (var text in new[] { oldText, rotated.Key.Text.Reveal() })
            Assert.That((await service.Client.LoginAsync(apiKey: text)).Status, Is.EqualTo(HttpStatusCode.OK));
        clock.PutRight();
        foreach (var text in new[] { oldText, rotated.Key.Text.Reveal() })
            Assert.That((await service.Client.LoginAsync(apiKey: text)).Status, Is.EqualTo(HttpStatusCode.OK));
        clock.Pass(TimeSpan.FromDays(1));
        Assert.That((await service.Client.LoginAsync(apiKey: oldText)).Code, Is.EqualTo("expired_api_key"));
    }

    [Test]
    public async Task A_token_that_was_taken_back_meanwhile_is_refused_by_whoever_starts_when_it_is_put_right([Values("key", "everything")] string what)
    {
        var (key, text) = await service.MakeKeyAsync(client: "ci");
        var login = await service.Client.LoginAsync(apiKey: text);
        clock.SetBack();
        if (what == "key") await Keys.RevokeAsync(new ApiKeyId(key), By);
        else await service.Services.GetRequiredService<SessionAdministration>().RevokeEverythingAsync(By);
        clock.PutRight();
        await service.DisposeAsync();
        await StartServiceAsync();

        var (_, other) = await service.MakeKeyAsync(client: "ci");

        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: other)).Code, Is.EqualTo("revoked_token"));
    }

    private async Task StartServiceAsync() => service = await BhivService.StartAsync(
        replace: services => services.AddSingleton<ILogger<RotationWatch>>(warnings).AddSingleton<ILogger<EnvironmentSecrets>>(returns)
            .AddSingleton<TimeProvider>(clock),
        directory: DataDirectory);

    private Task LookAsync() => service.Services.GetRequiredService<RotationWatch>().LookAsync(CancellationToken.None);

    /// <summary>The wall clock is set; what counts how much time passes is not.</summary>
    private sealed class SettableClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
        private TimeSpan offset;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

        public void Pass(TimeSpan time) => offset += time;

        public void SetBack() => offset -= TimeSpan.FromDays(1);

        public void PutRight() => offset += TimeSpan.FromDays(1);
    }
}
