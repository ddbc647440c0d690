using System.Diagnostics;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Tokens;

/// <summary><c>sessions revoke --all</c> beside a server, and after a restore.</summary>
public sealed class RevokeEverythingTests : DataDirectoryFixture
{
    [Test]
    public async Task Every_session_ends_on_a_running_server_within_its_bound_and_who_logs_in_again_stays()
    {
        using var server = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        var first = await client.LoginAsync();
        var second = await client.LoginAsync();

        var verb = await RevokeAsync();
        var sinceRevoked = Stopwatch.StartNew();
        while ((await client.GenerateAsync(first.AccessToken)).Status != System.Net.HttpStatusCode.Unauthorized)
            Assert.That(sinceRevoked.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((0, $"Every session in {Path.Combine(DataDirectory, "bhiv.db")} is ended; 2 could have been refreshed.\n")));
        Assert.That((await client.GenerateAsync(second.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await client.RefreshAsync(first.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        var again = await client.LoginAsync();
        Assert.That((await client.GenerateAsync(again.AccessToken)).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        var events = await client.GetAsync(Calls.AuditEvents + "?kind=every_session_revoked", again.AccessToken);
        Assert.That(events.Body, Does.Contain("\"ended_by_operator\"").And.Contain($"\"by\":\"cli:{Environment.UserName}\""));
    }

    [Test]
    public async Task With_json_it_says_the_same_to_a_script()
    {
        await using (var service = await BhivService.StartAsync(directory: DataDirectory, clock: new FakeTimeProvider(TimeProvider.System.GetUtcNow()))) await service.Client.LoginAsync();

        var verb = await RevokeAsync("--json");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((0, $"{{\"database\":\"{Path.Combine(DataDirectory, "bhiv.db")}\",\"ended\":1}}\n")));
    }

    [Test]
    public async Task Where_there_is_no_database_none_is_made_and_nothing_is_claimed()
    {
        var verb = await RevokeAsync();

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((78, "")));
        Assert.That(verb.Errors, Does.Contain("there is no database"));
        Assert.That(Directory.EnumerateFileSystemEntries(DataDirectory), Is.Empty);
    }

    [Test]
    public async Task Nothing_that_was_revoked_lives_again_in_a_restored_database()
    {
        var file = Path.Combine(DataDirectory, "bhiv.db");
        Answer revoked, younger;
        using (var server = ServiceProcess.StartDevelopment(DataDirectory))
        {
            using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
            revoked = await client.LoginAsync();
            BackUp(file);
            await client.LogoutAsync(revoked.AccessToken);
            // The backup has never heard of it.
            younger = await client.LoginAsync();
            server.Terminate();
            await server.ExitCodeAsync();
        }
        foreach (var left in new[] { file, file + "-wal", file + "-shm" }) File.Delete(left);
        File.Move(file + ".backup", file);

        Assert.That((await RevokeAsync()).ExitCode, Is.Zero);

        using var restored = ServiceProcess.StartDevelopment(DataDirectory);
        using var caller = new HttpClient { BaseAddress = await restored.AddressAsync() };
        foreach (var session in new[] { revoked, younger })
        {
            Assert.That((await caller.GenerateAsync(session.AccessToken)).Code, Is.EqualTo("revoked_token"));
            Assert.That((await caller.RefreshAsync(session.RefreshToken)).Status, Is.EqualTo(System.Net.HttpStatusCode.Unauthorized));
        }
    }

    /// <summary>An administrator's, and the environment's under another name.</summary>
    [TestCase("alice")]
    [TestCase("root")]
    public async Task Who_is_new_is_let_in_though_everybody_was_ended_by_a_clock_that_was_ahead(string name)
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await using (var ahead = await BhivService.StartAsync(directory: DataDirectory, clock: new FakeTimeProvider(noon.AddHours(5))))
            await ahead.Client.PostAsync(Calls.RevokeSessions, new { all = true }, accessToken: (await ahead.Client.LoginAsync()).AccessToken);
        await using var right = await BhivService.StartAsync(
            new() { ["DEMO_USERNAME"] = name == "root" ? name : "admin" }, directory: DataDirectory, clock: new FakeTimeProvider(noon));
        await right.Services.GetRequiredService<AccountAdministration>().TryCreateAsync(
            AccountName.Of("alice"), PlainTextPassword.Of("bhiv2024"), [Role.Member], new Author("cli:test"), default);

        var login = await right.Client.LoginAsync(name);

        Assert.That((await right.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    [Test]
    public async Task Who_is_new_knows_nothing_of_the_ends_of_others()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        await service.Client.LogoutAsync((await service.Client.LoginAsync()).AccessToken, "all");

        var accounts = service.Services.GetRequiredService<AccountAdministration>();
        await accounts.TryCreateAsync(AccountName.Of("alice"), PlainTextPassword.Of("bhiv2024"), [Role.Member], new Author("cli:test"), default);

        Assert.That((await accounts.FindAsync(AccountName.Of("alice"), default))!.SessionsEndedAt, Is.Null);
    }

    private Task<Verb> RevokeAsync(params string[] options) => Verb.RunAsync(
        new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory }, ["sessions", "revoke", "--all", .. options]);

    private static void BackUp(string file)
    {
        using var live = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        using var copy = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file}.backup;Pooling=False");
        live.Open();
        live.BackupDatabase(copy);
    }
}
