using System.Runtime.Versioning;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Scripts;

/// <summary>A session goes on when its access token has expired, whatever happens to an answer on its way.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ScriptSessionTests : ScriptFixture
{
    private const int Lifetime = 3;

    protected override string[] Settings => [$"--Tokens:AccessTokenLifetime=00:00:0{Lifetime}"];

    [Test]
    public async Task An_access_token_that_was_outlived_is_refreshed()
    {
        await RunAsync("login");
        var (access, refresh) = (Kept("access_token"), Kept("refresh_token"));
        await OutliveAsync();

        var generate = await RunAsync("generate", "house");

        Assert.That((generate.ExitCode, generate.Messages), Is.EqualTo((0, "")));
        Assert.That(Kept("access_token"), Is.Not.EqualTo(access));
        Assert.That(SessionOf(Kept("refresh_token")), Is.EqualTo(SessionOf(refresh)));
    }

    [Test]
    public async Task A_clock_that_is_slow_does_not_matter()
    {
        await RunAsync("login");
        var refresh = Kept("refresh_token");
        await ReplaceExpiryAsync(DateTimeOffset.UtcNow.AddHours(1));
        await OutliveAsync();

        var generate = await RunAsync("generate", "house");

        Assert.That((generate.ExitCode, generate.Messages), Is.EqualTo((0, "")));
        Assert.That(SessionOf(Kept("refresh_token")), Is.EqualTo(SessionOf(refresh)));
    }

    [Test]
    public async Task Logout_ends_the_session_of_an_access_token_that_was_outlived()
    {
        await RunAsync("login");
        var refresh = Kept("refresh_token");
        await OutliveAsync();

        var logout = await RunAsync("logout");

        Assert.That(logout.ExitCode, Is.Zero, logout.Messages);
        Assert.That(Directory.EnumerateFileSystemEntries(Cache), Is.Empty);
        using var client = new HttpClient { BaseAddress = Address };
        Assert.That((await client.RefreshAsync(refresh, ApiKey)).Code, Is.EqualTo("revoked_refresh_token"));
    }

    [Test]
    public async Task Five_at_once_share_one_session_that_still_refreshes()
    {
        await RunAsync("login");
        var session = SessionOf(Kept("refresh_token"));
        await OutliveAsync();

        var runs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StartScript("generate", ["house"]).ResultAsync()));
        var refresh = await RunAsync("refresh");

        Assert.That(runs.Select(run => (run.ExitCode, run.Messages)), Is.All.EqualTo((0, "")));
        Assert.That(refresh.ExitCode, Is.Zero, refresh.Messages);
        Assert.That(SessionOf(Kept("refresh_token")), Is.EqualTo(session));
    }

    [Test]
    public async Task A_lock_that_was_left_behind_delays_and_no_more()
    {
        await RunAsync("login");
        var abandoned = TokenFile + ".lock";
        Directory.CreateDirectory(abandoned);

        var refresh = await RunAsync("refresh");

        Assert.That(refresh.ExitCode, Is.Zero, refresh.Messages);
        Assert.That(Directory.Exists(abandoned), Is.False);
    }

    [Test]
    public async Task A_refresh_whose_answer_was_lost_is_asked_again()
    {
        await using var intermediary = await Intermediary.StartAsync(Address);
        var there = new Dictionary<string, string?> { ["BHIV_URL"] = intermediary.Address };
        await StartScript("login", [], there).ResultAsync();
        intermediary.Answering = (path, number) => Task.FromResult(path != Calls.Refresh || number != 1);

        var lost = await StartScript("refresh", [], there).ResultAsync();
        var next = await StartScript("refresh", [], there).ResultAsync();

        Assert.That(lost.ExitCode, Is.Zero, lost.Messages);
        Assert.That(next.ExitCode, Is.Zero, next.Messages);
        Assert.That(intermediary.Received.Count(call => call.Path == Calls.Refresh), Is.EqualTo(3));
    }

    [Test]
    public async Task An_interrupt_during_a_refresh_does_not_lose_the_new_pair()
    {
        await using var intermediary = await Intermediary.StartAsync(Address);
        var there = new Dictionary<string, string?> { ["BHIV_URL"] = intermediary.Address };
        await StartScript("login", [], there).ResultAsync();
        var before = Kept("refresh_token");
        Script? refresh = null;
        var started = new TaskCompletionSource();
        intermediary.Answering = async (path, _) =>
        {
            if (path != Calls.Refresh) return true;
            await started.Task;
            refresh!.Interrupt();
            return true;
        };

        refresh = StartScript("refresh", [], there);
        started.SetResult();
        var result = await refresh.ResultAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Messages);
        Assert.That(Kept("refresh_token"), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_pair_that_came_late_does_not_replace_a_newer_one()
    {
        await using var intermediary = await Intermediary.StartAsync(Address);
        var there = new Dictionary<string, string?> { ["BHIV_URL"] = intermediary.Address };
        await StartScript("login", [], there).ResultAsync();
        var file = TokenFile;
        const string newer = "expires_at 1\naccess_token newer\nrefresh_token newest\n";
        intermediary.Answering = async (path, _) =>
        {
            if (path == Calls.Refresh) await File.WriteAllTextAsync(file, newer);
            return true;
        };

        var refresh = await StartScript("refresh", [], there).ResultAsync();

        Assert.That(refresh.ExitCode, Is.Zero, refresh.Messages);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(newer));
    }

    [Test]
    public async Task A_token_file_that_is_damaged_is_none()
    {
        await RunAsync("login");
        await File.WriteAllTextAsync(TokenFile, "expires_at soon\naccess_token x\n");

        var generate = await RunAsync("generate", "house");

        Assert.That(generate.ExitCode, Is.Zero, generate.Messages);
        Assert.That(generate.Messages, Is.EqualTo($"generate: Logging in as {Username}.\n"));
    }

    private static string SessionOf(string token) => HandMadeJwt.Payload(token).GetProperty("sid").GetString()!;

    private static Task OutliveAsync() => Task.Delay(TimeSpan.FromSeconds(Lifetime + 0.1));

    private async Task ReplaceExpiryAsync(DateTimeOffset expiry)
    {
        var lines = (await File.ReadAllLinesAsync(TokenFile)).Where(line => !line.StartsWith("expires_at", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(TokenFile, [.. lines, $"expires_at {expiry.ToUnixTimeSeconds()}"]);
    }
}
