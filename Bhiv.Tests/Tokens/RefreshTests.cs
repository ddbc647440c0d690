using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Tokens;

/// <summary>Login and refresh over real HTTP.</summary>
public sealed class RefreshTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_refresh_gives_a_new_pair_and_says_that_it_rotated()
    {
        var login = await Client.LoginAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(20));

        var refresh = await Client.RefreshAsync(login.RefreshToken);

        Assert.That(refresh.Response.Headers.GetValues("Refresh-Outcome"), Is.EqualTo(new[] { "rotated" }));
        Assert.That(refresh.RefreshToken, Is.Not.EqualTo(login.RefreshToken));
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("expired_token"));
        Assert.That((await Client.GenerateAsync(refresh.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_retry_within_the_leeway_gets_the_same_pair_to_the_byte()
    {
        var login = await Client.LoginAsync();
        var first = await Client.RefreshAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromSeconds(9));

        var retry = await Client.RefreshAsync(login.RefreshToken);

        Assert.That(retry.Response.Headers.GetValues("Refresh-Outcome"), Is.EqualTo(new[] { "retried" }));
        Assert.That(retry.Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task Fifty_parallel_refreshes_of_one_token_get_one_and_the_same_pair()
    {
        var login = await Client.LoginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Client.RefreshAsync(login.RefreshToken)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(answers.Select(answer => answer.Body).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Response.Headers.GetValues("Refresh-Outcome").Single() == "rotated"), Is.EqualTo(1));
        Assert.That(service.Query("SELECT generation FROM refresh_tokens", row => row.GetInt64(0)), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_session_is_refreshed_for_30_days_and_no_longer()
    {
        var login = await Client.LoginAsync();
        var token = login.RefreshToken;
        for (var day = 0; day < 24; day += 6)
        {
            service.Clock.Advance(TimeSpan.FromDays(6));
            token = (await Client.RefreshAsync(token)).RefreshToken;
        }
        service.Clock.Advance(TimeSpan.FromDays(6));

        Assert.That((await Client.RefreshAsync(token)).Code, Is.EqualTo("expired_refresh_token"));
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_forged_with_the_signing_secret_alone_ends_nobodys_session()
    {
        var login = await Client.LoginAsync();
        var forged = HandMadeJwt.Forge(login.RefreshToken, claims => claims["jti"] = HandMadeJwt.Encode(new byte[16]));

        Assert.That((await Client.RefreshAsync(forged)).Code, Is.EqualTo("invalid_refresh_token"));
        Assert.That((await Client.RefreshAsync(login.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task With_a_leeway_of_zero_a_token_is_good_once()
    {
        await using var strict = await BhivService.StartAsync(arguments: ["--Tokens:RefreshLeeway=00:00:00"]);
        var login = await strict.Client.LoginAsync();
        await strict.Client.RefreshAsync(login.RefreshToken);

        Assert.That((await strict.Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("refresh_token_reused"));
    }

    [Test]
    public async Task Nothing_on_the_disk_is_a_usable_token()
    {
        var login = await Client.LoginAsync();
        var files = string.Concat(Directory.GetFiles(Path.GetDirectoryName(service.DatabasePath)!)
            .Select(file => System.Text.Encoding.Latin1.GetString(ReadShared(file))));

        foreach (var secret in new[] { login.AccessToken, login.RefreshToken, login.RefreshToken.Split('.')[2], "bhiv2024", Calls.JwtSecret, Calls.ApiKey })
            Assert.That(files, Does.Not.Contain(secret));
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Test]
    public async Task Waiting_for_its_turn_takes_nothing_from_the_leeway()
    {
        var login = await Client.LoginAsync();
        Task<Answer> waiting;
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={service.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();
            // The first stands at the file and the second in the lane behind it.
            var first = Client.LoginAsync();
            await Task.Delay(300);
            waiting = Client.RefreshAsync(login.RefreshToken);
            await Task.Delay(300);
            service.Clock.Advance(TimeSpan.FromSeconds(11));
            held.Rollback();
            Assert.That((await first).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        var refresh = await waiting;
        var retry = await Client.RefreshAsync(login.RefreshToken);

        Assert.That(refresh.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(retry.Body, Is.EqualTo(refresh.Body));
    }

    [Test]
    public async Task A_session_that_a_newer_build_ended_for_a_reason_of_its_own_is_ended()
    {
        var login = await Client.LoginAsync();
        service.Execute("UPDATE refresh_tokens SET revoked_at = 1, revoked_reason = 'of_a_newer_build'");

        Assert.That((await Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
    }

    [Test]
    public async Task A_shorter_lifetime_ends_no_session_that_has_begun()
    {
        using var directory = new TemporaryDirectory();
        string token;
        await using (var before = await BhivService.StartAsync(directory: directory.Path))
            token = (await before.Client.LoginAsync()).RefreshToken;

        await using var after = await BhivService.StartAsync(
            arguments: ["--Tokens:RefreshTokenLifetime=1.00:00:00"], directory: directory.Path);

        Assert.That((await after.Client.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
