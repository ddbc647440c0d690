using System.Diagnostics;
using System.Net;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Tokens;

/// <summary>A purge of many sessions beside callers that refresh without a rest: nobody waits for the purge to end.</summary>
public sealed class LargePurgeTests
{
    private const int Refreshers = 2;

    private static readonly int Dead = Proofs.Size(small: 20_000, full: 1_000_000);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Proofs.Size(small: 2, full: 20));

    [Test]
    public async Task Refreshes_go_on_while_many_sessions_are_purged_and_the_log_stays_small()
    {
        await using var service = await BhivService.StartAsync();
        await service.PurgedAsync();
        Fill(service);
        var watch = Stopwatch.StartNew();
        var purged = false;
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        var refreshes = Enumerable.Range(0, Refreshers).Select(_ => RefreshAsync(service, () => purged)).ToList();
        var log = LogPeakAsync(service, () => purged);
        var run = await service.PurgedAsync(Patience);
        watch.Stop();
        purged = true;
        var waits = (await Task.WhenAll(refreshes)).SelectMany(times => times).Order().ToList();

        await TestContext.Out.WriteLineAsync(
            $"{run.LastCount} sessions in {watch.Elapsed.TotalSeconds:F1} s beside {waits.Count} refreshes: median "
            + $"{waits[waits.Count / 2].TotalMilliseconds:F1} ms, 99 % {waits[waits.Count * 99 / 100].TotalMilliseconds:F1} ms, "
            + $"longest {waits[^1].TotalMilliseconds:F0} ms; log of writes at most {await log / 1024.0 / 1024:F1} MiB");
        Assert.That(run.LastCount, Is.EqualTo(Dead));
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(Refreshers), "those that live");
        Assert.That(waits[^1], Is.LessThan(BhivDatabase.Patience / 2), "a caller is refused when the lane takes all of it");
        Assert.That(await log, Is.LessThan(32 * 1024 * 1024), "it is copied into the database on the way");
    }

    /// <summary>Sessions that died an hour ago and lie as far apart as they can: no two that go together share a page.</summary>
    private static void Fill(BhivService service)
    {
        var dead = service.Clock.GetUtcNow().AddDays(-1).AddHours(-1).ToUnixTimeMilliseconds() * 1000;
        service.Execute($"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Dead})
            INSERT INTO refresh_tokens (session_id, account_id, client_id, account_epoch, secret, generation, kid, rotated_at,
                expires_at, session_ends_at, revoked_at, created_at, user_agent, address)
            SELECT printf('%08x-0000-7000-8000-%012x', n / 100, n), account_id, 'default', 0, randomblob(32), 7,
                '0123456789abcdef', {dead}, {dead} - n * 7919 % {Dead}, {dead}, CASE n % 3 WHEN 0 THEN {dead} END, {dead},
                'Mozilla/5.0 (X11; Linux x86_64)', '192.0.2.1'
            FROM number, accounts
            """);
        // The one large write of the test itself is no part of what is measured.
        service.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static async Task<List<TimeSpan>> RefreshAsync(BhivService service, Func<bool> purged)
    {
        var token = (await service.Client.LoginAsync()).RefreshToken;
        var times = new List<TimeSpan>();
        while (!purged())
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await service.Client.RefreshAsync(token);
            times.Add(Stopwatch.GetElapsedTime(started));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            token = answer.RefreshToken;
        }
        return times;
    }

    private static async Task<long> LogPeakAsync(BhivService service, Func<bool> purged)
    {
        var log = new FileInfo(service.DatabasePath + "-wal");
        var peak = 0L;
        while (!purged())
        {
            log.Refresh();
            // SQLite removes it with its last connection, such as when another test empties the pools of the process.
            if (log.Exists) peak = Math.Max(peak, log.Length);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
        return peak;
    }
}
