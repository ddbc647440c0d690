using System.Net;
using Bhiv.Application.Rotation;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.SigningKeys;

/// <summary>A signing key that others know is refused for ever; one that merely comes back is told.</summary>
public sealed class CompromisedKeyTests : DataDirectoryFixture
{
    private const string Old = "8f0c1b7e5d3a49268f0c1b7e5d3a4926";
    private const string New = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    [Test]
    public async Task Its_tokens_are_refused_at_once_here_and_elsewhere_within_the_bound()
    {
        string token;
        await using (var before = await StartAsync(Old)) token = (await before.Client.LoginAsync()).AccessToken;
        await using var one = await StartAsync(New, previous: Old);
        await using var other = await StartAsync(New, previous: Old);
        Assert.That((await other.Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(await MarkAsync(one, Old), Is.True);

        Assert.That((await one.Client.GenerateAsync(token)).Code, Is.EqualTo("invalid_token"));
        other.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => other.Services.GetRequiredService<SigningKeyRing>().Keys.Count == 1);
        Assert.That((await other.Client.GenerateAsync(token)).Code, Is.EqualTo("invalid_token"));
        Assert.That(await MarkAsync(other, Old), Is.False, "once is for ever");
    }

    [Test]
    public async Task It_stays_refused_after_a_restart_and_however_it_comes_back()
    {
        string token;
        await using (var before = await StartAsync(Old))
        {
            token = (await before.Client.LoginAsync()).AccessToken;
            await MarkAsync(before, Old);
        }

        await using (var previous = await StartAsync(New, previous: Old))
            Assert.That((await previous.Client.GenerateAsync(token)).Code, Is.EqualTo("invalid_token"));
        await using (var announced = await StartAsync(New, next: Old))
            Assert.That((await announced.Client.GenerateAsync(token)).Code, Is.EqualTo("invalid_token"));
        Assert.That(
            async () => await StartAsync(Old),
            Throws.TypeOf<StartRefusedException>().With.Message.StartsWith("JWT_SECRET was marked as compromised"));
    }

    [Test]
    public async Task When_it_signs_the_announced_one_takes_its_place()
    {
        await using var service = await StartAsync(Old, next: New);
        var former = await service.Client.LoginAsync();

        await MarkAsync(service, Old);

        var login = await service.Client.LoginAsync();
        Assert.That(HandMadeJwt.Verifies(login.AccessToken, New), Is.True);
        Assert.That((await service.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.RefreshAsync(former.RefreshToken)).Code, Is.EqualTo("invalid_refresh_token"));
    }

    [Test]
    public async Task When_no_other_can_sign_nothing_is_issued_and_the_service_is_not_ready()
    {
        await using var service = await StartAsync(Old);

        await MarkAsync(service, Old);

        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("unavailable"));
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await service.Client.SendAsync(HttpMethod.Get, "/health/ready", apiKey: null)).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task One_that_was_never_seen_can_be_marked_beforehand()
    {
        await using (var service = await StartAsync(New)) Assert.That(await MarkAsync(service, Old), Is.True);

        Assert.That(async () => await StartAsync(Old), Throws.TypeOf<StartRefusedException>());
    }

    [Test]
    public async Task A_secret_that_merely_comes_back_is_told_and_works()
    {
        var log = new RecordedLog<EnvironmentSecrets>();
        await using (await StartAsync(Old, log: log))
        {
        }
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using (await StartAsync(New, previous: Old, log: log, clock: clock))
        {
        }
        Assert.That(log.Lines, Is.Empty);

        await using var again = await StartAsync(Old, log: log, clock: clock);

        Assert.That(log.Lines.Single(), Does.StartWith($"SecretReturned: JWT_SECRET is {new SigningKey(Old).Id} again, first seen at 03/01/2026"));
        Assert.That((await again.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_age_of_a_secret_counts_from_the_first_process_that_had_it()
    {
        await using (await StartAsync(Old, next: New))
        {
        }
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 11, 12, 0, 0, TimeSpan.Zero));
        await using var service = await StartAsync(New, previous: Old, clock: clock);

        var ages = await service.Services.GetRequiredService<RotationReport>().ListAsync(CancellationToken.None);

        Assert.That(
            ages.Where(age => age.Client is null).Select(age => (age.Name, age.Id, (int)age.Age(clock.GetUtcNow()).TotalDays, age.RotateBy is null)),
            Is.EqualTo(new[]
            {
                ("JWT_SECRET", new SigningKey(New).Id, 10, false), ("JWT_SECRET_PREVIOUS", new SigningKey(Old).Id, 10, true),
            }));
        Assert.That(
            service.Query("SELECT kid, signs_since - first_seen_at FROM signing_keys", row => (row.GetString(0), row.GetInt64(1))),
            Is.EquivalentTo(new[] { (new SigningKey(Old).Id, 0L), (new SigningKey(New).Id, 10L * 86400 * 1_000_000) }));
    }

    private static Task<bool> MarkAsync(BhivService service, string secret) =>
        service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(secret).Id, new Author("test"));

    private Task<BhivService> StartAsync(
        string secret,
        string? previous = null,
        string? next = null,
        RecordedLog<EnvironmentSecrets>? log = null,
        FakeTimeProvider? clock = null)
    {
        var environment = new Dictionary<string, string> { ["JWT_SECRET"] = secret };
        if (previous is not null) environment["JWT_SECRET_PREVIOUS"] = previous;
        if (next is not null) environment["JWT_SECRET_NEXT"] = next;
        return BhivService.StartAsync(environment, directory: DataDirectory, clock: clock, replace: services =>
        {
            if (log is not null) services.AddSingleton<ILogger<EnvironmentSecrets>>(log);
        });
    }
}
