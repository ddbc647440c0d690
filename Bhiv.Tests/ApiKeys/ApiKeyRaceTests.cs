using System.Net;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.ApiKeys;

/// <summary>A login and a refresh that race the end of their key, at two services on one database.</summary>
public sealed class ApiKeyRaceTests
{
    private static readonly int Rounds = Proofs.Size(20, 500);

    private static readonly Author Author = new("cli:test");

    private TemporaryDirectory directory = null!;
    private FakeTimeProvider clock = null!;
    private BhivService one = null!;
    private BhivService other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        directory = new TemporaryDirectory();
        clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        one = await BhivService.StartAsync(directory: directory.Path, clock: clock);
        other = await BhivService.StartAsync(directory: directory.Path, clock: clock);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        directory.Dispose();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task They_leave_no_session_alive_that_hangs_on_it(bool atTheOther)
    {
        var administration = (atTheOther ? one : other).Services.GetRequiredService<ApiKeyAdministration>();
        var safe = (await one.MakeKeyAsync()).Text;
        var (before, after, intact) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var key = await one.MakeKeyAsync();
            await KnowAsync(key.Text, safe);
            var ofKey = await other.Client.LoginAsync(apiKey: key.Text);
            var ofSafe = await other.Client.LoginAsync(apiKey: safe);
            var login = other.Client.LoginAsync(apiKey: key.Text);
            var refreshes = new[] { ofKey, ofSafe }.Select(session => other.Client.RefreshAsync(session.RefreshToken, key.Text)).ToList();
            // Anywhere in the time that the hash takes, and after it.
            await Task.Delay(TimeSpan.FromMilliseconds(round % 40));
            Assert.That(await administration.RevokeAsync(new ApiKeyId(key.Id), Author), Is.Not.Null);

            var hanging = new[] { ofKey, await login, await refreshes[0], await refreshes[1] };
            foreach (var tokens in hanging.Where(answer => answer.Status == HttpStatusCode.OK))
            {
                before++;
                Assert.That(await LivesAsync(tokens, safe), Is.EqualTo((false, false)), $"round {round}");
            }
            foreach (var refused in hanging.Where(answer => answer.Status != HttpStatusCode.OK))
            {
                after++;
                Assert.That(refused.Code, Is.EqualTo("revoked_api_key").Or.EqualTo("revoked_refresh_token"), $"round {round}");
            }
            if ((await refreshes[1]).Status == HttpStatusCode.OK) continue;
            intact++;
            Assert.That((await LivesAsync(ofSafe, safe)).Access, Is.True, $"round {round}: a session of another key ended with it");
        }
        Assert.That(one.Query(
            "SELECT count(*) FROM refresh_tokens JOIN api_keys ON key_id = api_key_id WHERE api_keys.revoked_at IS NOT NULL AND refresh_tokens.revoked_at IS NULL",
            row => row.GetInt64(0)).Single(), Is.Zero);
        TestContext.Out.WriteLine($"{before} came before the end of the key and ended with it, {after} after it; {intact} sessions of another key stayed as they were");
    }

    [Test]
    public async Task Of_many_who_rotate_one_key_one_gets_a_successor()
    {
        var key = new ApiKeyId((await one.MakeKeyAsync()).Id);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => Task.Run(() => (at % 2 == 0 ? one : other).Services
            .GetRequiredService<ApiKeyAdministration>().RotateAsync(key, null, Author, CancellationToken.None))));

        Assert.That(results.OfType<RotationResult.Rotated>().Count(), Is.EqualTo(1));
        Assert.That(results.OfType<RotationResult.NotLive>().Count(), Is.EqualTo(19));
        Assert.That(one.Count("api_keys"), Is.EqualTo(3), "that of the environment, the old one and the new one");
    }

    /// <summary>Once both services know the key.</summary>
    private async Task KnowAsync(params string[] keys)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var key in keys.Select(text => new PlainTextApiKey(System.Text.Encoding.ASCII.GetBytes(text))))
        {
            foreach (var service in new[] { one, other })
                await Eventually.IsTrueAsync(() =>
                {
                    if (service.Services.GetRequiredService<IApiKeys>().Find(key) is not null) return true;
                    // A look that had begun before the key was there is none at it, and the next comes with the clock.
                    clock.Advance(TimeSpan.FromMilliseconds(50));
                    return false;
                });
        }
    }

    /// <summary>Whether the tokens are good, at both services alike, with a key that is.</summary>
    private async Task<(bool Access, bool Refresh)> LivesAsync(Answer tokens, string key)
    {
        clock.Advance(TimeSpan.FromSeconds(6));
        var access = new List<HttpStatusCode>();
        foreach (var service in new[] { one, other }) access.Add((await service.Client.GenerateAsync(tokens.AccessToken, apiKey: key)).Status);
        var refresh = new List<HttpStatusCode>();
        foreach (var service in new[] { one, other }) refresh.Add((await service.Client.RefreshAsync(tokens.RefreshToken, key)).Status);
        Assert.That(access.Distinct().Count(), Is.EqualTo(1), "the services differ on the access token");
        Assert.That(refresh.Distinct().Count(), Is.EqualTo(1), "the services differ on the refresh token");
        return (access[0] == HttpStatusCode.OK, refresh[0] == HttpStatusCode.OK);
    }
}
