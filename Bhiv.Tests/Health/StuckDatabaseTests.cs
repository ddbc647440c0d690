using System.Diagnostics;
using System.Net;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Tests.Health;

/// <summary>SQLite is synchronous: a file that somebody else holds holds whoever asks, and no token ends that.</summary>
public sealed class StuckDatabaseTests
{
    [Test]
    public async Task A_database_that_another_process_holds_is_told_of_at_once_to_all_who_ask()
    {
        if (OperatingSystem.IsMacOS()) Assert.Ignore("There is no lock of a range of bytes.");
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        Assert.That((await client.SendAsync(HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(HttpStatusCode.OK));
        await using var index = new FileStream(
            Path.Combine(directory.Path, "bhiv.db-shm"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        await HoldAsync(index);
        // What was found a moment ago is over.
        await Task.Delay(TimeSpan.FromSeconds(1));

        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.SendAsync(HttpMethod.Get, "/health")));
        var took = watch.Elapsed;
        Release(index);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answers[0].Json.GetProperty("detail").GetString(), Does.Contain("database: It has not answered in time."));
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(4)), "alone it takes one, and SQLite itself would take ten");
        while ((await client.SendAsync(HttpMethod.Get, "/health/ready")).Status != HttpStatusCode.OK)
        {
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(40)));
            await Task.Delay(100);
        }
    }

    [Test]
    public async Task A_judgement_that_is_stuck_goes_on_and_no_second_one_is_begun_meanwhile()
    {
        using var contexts = new StuckContexts();
        using var metrics = new BhivMetrics();
        using var lane = new WriteLane(metrics);
        var health = new DatabaseHealth(new BhivDatabase(contexts, lane));
        try
        {
            for (var look = 0; look < 3; look++) Assert.That((await LookAsync(health)).Status, Is.EqualTo(HealthStatus.Unhealthy));
            Assert.That(contexts.Asked, Is.EqualTo(1));
        }
        finally
        {
            contexts.Free();
        }
        await Eventually.IsTrueAsync(() => contexts.Answered == 1);
        // What the stuck one found is of a time that is past.
        while (contexts.Asked == 1) Assert.That((await LookAsync(health)).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public void A_file_whose_locks_somebody_else_holds_is_an_outage_and_no_bug()
    {
        using var contexts = new StuckContexts();
        contexts.Free();
        using var metrics = new BhivMetrics();
        using var lane = new WriteLane(metrics);

        Assert.That(
            () => new BhivDatabase(contexts, lane).ReadAsync((_, _) => Task.FromResult(0), CancellationToken.None),
            Throws.InstanceOf<StoreUnavailableException>());
    }

    /// <summary>As who monitors does, which has a second.</summary>
    private static async Task<HealthCheckResult> LookAsync(DatabaseHealth health)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        return await Task.Run(() => health.CheckHealthAsync(new HealthCheckContext(), patience.Token)).WaitAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>All the locks of the write-ahead log (https://sqlite.org/walformat.html#wal_locks), once none of them is taken.</summary>
    private static async Task HoldAsync(FileStream index)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (!OperatingSystem.IsMacOS()) index.Lock(120, 8);
                return;
            }
            catch (IOException) when (attempt < 1000)
            {
                await Task.Delay(5);
            }
        }
    }

    private static void Release(FileStream index)
    {
        if (!OperatingSystem.IsMacOS()) index.Unlock(120, 8);
    }

    /// <summary>Holds whoever asks until it is freed, and then answers as SQLite does when it gives up on the locks.</summary>
    private sealed class StuckContexts : IDbContextFactory<SqliteBhivDbContext>, IDisposable
    {
        private const int Protocol = 15;

        private readonly ManualResetEventSlim gate = new();
        private int asked;
        private int answered;

        public int Asked => Volatile.Read(ref asked);

        public int Answered => Volatile.Read(ref answered);

        public void Free() => gate.Set();

        public SqliteBhivDbContext CreateDbContext()
        {
            Interlocked.Increment(ref asked);
            gate.Wait();
            Interlocked.Increment(ref answered);
            throw new SqliteException("locking protocol", Protocol);
        }

        public void Dispose() => gate.Dispose();
    }
}
