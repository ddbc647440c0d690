using System.Net;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Tokens;

/// <summary>
/// Calls that race, at two services on one database: each has a write lane and a memory of its own, and only the file is common.
/// </summary>
public sealed class SessionRaceTests
{
    private static readonly int Rounds = Proofs.Size(30, 500);

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

    [Test]
    public async Task Fifty_parallel_refreshes_at_two_services_get_one_and_the_same_token()
    {
        var login = await one.Client.LoginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(at => (at % 2 == 0 ? one : other).Client.RefreshAsync(login.RefreshToken)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(answers.Select(answer => answer.RefreshToken).Distinct().Count(), Is.EqualTo(1));
        Assert.That(one.Query("SELECT generation FROM refresh_tokens", row => row.GetInt64(0)), Is.EqualTo(new[] { 1L }));
    }

    [TestCase(null)]
    [TestCase("all")]
    public async Task A_refresh_that_races_a_logout_leaves_nothing_alive(string? scope)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var login = await one.Client.LoginAsync();
            var refresh = other.Client.RefreshAsync(login.RefreshToken);
            var logout = one.Client.LogoutAsync(login.AccessToken, scope);
            Assert.That((await logout).Status, Is.EqualTo(HttpStatusCode.NoContent));

            foreach (var tokens in new[] { login, await refresh }.Where(answer => answer.Status == HttpStatusCode.OK))
                Assert.That(await LivesAsync(tokens), Is.EqualTo((false, false)), $"round {round}");
        }
    }

    [Test]
    public async Task A_login_that_races_the_end_of_all_sessions_lives_wholly_or_not_at_all()
    {
        var (alive, dead) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var present = await one.Client.LoginAsync();
            var login = other.Client.LoginAsync();
            // Anywhere in the time that the other's hash takes, and after it.
            await Task.Delay(TimeSpan.FromMilliseconds(round % 60));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            var logout = one.Client.LogoutAsync(present.AccessToken, "all");
            Assert.That((await logout).Status, Is.EqualTo(HttpStatusCode.NoContent));

            Assert.That(await LivesAsync(present), Is.EqualTo((false, false)), $"round {round}");
            if ((await login).Status != HttpStatusCode.OK) continue;
            var (access, refresh) = await LivesAsync(await login);
            Assert.That(access, Is.EqualTo(refresh), $"round {round}: one token lives without the other");
            if (access) alive++;
            else dead++;
        }
        TestContext.Out.WriteLine($"{alive} came after the cutoff, {dead} before it");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_login_and_a_refresh_that_race_a_disable_or_a_new_password_leave_nothing_alive(bool disable)
    {
        // As when another process starts with another name or another password in its environment.
        var accounts = other.Services.GetRequiredService<IAccountStore>();
        string[] passwords = ["bhiv2024", disable ? "bhiv2024" : "another password"];
        string[] names = ["admin", disable ? "successor" : "admin"];
        var hashes = await Task.WhenAll(passwords.Select(password =>
            other.Services.GetRequiredService<IPasswordHasher>().HashAsync(PlainTextPassword.Of(password), default)));
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (now, next) = (round % 2, (round + 1) % 2);
            var present = await one.Client.LoginAsync(names[now], passwords[now]);
            var refresh = one.Client.RefreshAsync(present.RefreshToken);
            var login = one.Client.LoginAsync(names[now], passwords[now]);
            // Anywhere in the time that the hash takes, and after it.
            await Task.Delay(TimeSpan.FromMilliseconds(round % 40));
            await accounts.ApplyEnvironmentAccountAsync(
                Account.FromEnvironment(AccountName.Of(names[next]), hashes[next], clock.GetUtcNow()), clock.GetUtcNow(), default);
            // A session that begins from now on is younger than the cutoff, whatever its login had read before.
            clock.Advance(TimeSpan.FromMilliseconds(1));

            foreach (var tokens in new[] { present, await refresh, await login })
            {
                if (tokens.Status == HttpStatusCode.OK)
                    Assert.That(await LivesAsync(tokens), Is.EqualTo((false, false)), $"round {round}");
                else refused++;
            }
        }
        TestContext.Out.WriteLine($"{refused} came after the change and were refused, {(2 * Rounds) - refused} before it and were ended");
    }

    /// <summary>Whether the access token and the refresh token are good, at both services alike and within the bound.</summary>
    private async Task<(bool Access, bool Refresh)> LivesAsync(Answer tokens)
    {
        clock.Advance(TimeSpan.FromSeconds(6));
        var access = new List<HttpStatusCode>();
        foreach (var service in new[] { one, other }) access.Add((await service.Client.GenerateAsync(tokens.AccessToken)).Status);
        var refresh = new List<HttpStatusCode>();
        foreach (var service in new[] { one, other }) refresh.Add((await service.Client.RefreshAsync(tokens.RefreshToken)).Status);
        Assert.That(access.Distinct().Count(), Is.EqualTo(1), "the services differ on the access token");
        Assert.That(refresh.Distinct().Count(), Is.EqualTo(1), "the services differ on the refresh token");
        return (access[0] == HttpStatusCode.OK, refresh[0] == HttpStatusCode.OK);
    }
}
