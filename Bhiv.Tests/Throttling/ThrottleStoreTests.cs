using System.Data.Common;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Throttling;
using Bhiv.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Throttling;

public sealed class ThrottleStoreTests : DataDirectoryFixture
{
    private static readonly LoginSubjects Subjects =
        LoginSubjects.Of(AccountName.Of("alice"), "192.0.2.1", new SigningKey("secret"), new ThrottleOptions());

    [Test]
    public async Task Failures_at_once_in_two_processes_are_all_counted()
    {
        await using var one = await BhivService.StartAsync(directory: DataDirectory);
        await using var other = await BhivService.StartAsync(directory: DataDirectory);
        var now = one.Clock.Now();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Store(number % 2 == 0 ? one : other).FailAsync(Subjects.All, now)));

        var stored = await Store(one).ReadAsync(Subjects.All, default);
        Assert.That(stored.Select(throttle => throttle.Failures), Is.EqualTo(new[] { 40, 40, 40 }));
    }

    [Test]
    public async Task What_is_read_is_what_was_written_to_the_microsecond()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        var now = service.Clock.Now().AddMicroseconds(7);

        var failed = await Store(service).FailAsync([Subjects.Pair], now);
        var succeeded = await Store(service).SucceedAsync(Subjects.Pair, Subjects.Name, now.AddSeconds(1));

        Assert.That(failed.Single(), Is.EqualTo(new Throttle
        {
            Key = Subjects.Pair.Key,
            Failures = 1,
            CountedFrom = now,
            ChangedAt = now,
            Version = now.UtcTicks,
            ExpiresAt = now + Throttle.Kept,
        }));
        Assert.That(await Store(service).ReadAsync(Subjects.All, default), Is.EquivalentTo(succeeded));
        Assert.That(succeeded.Single(it => it.Key == Subjects.Pair.Key).IsFamiliar(now, now), Is.True);
        Assert.That(succeeded.Single(it => it.Key == Subjects.Name.Key).IsFamiliar(now, now), Is.False);
    }

    [Test]
    public async Task A_row_goes_a_day_after_the_last_failure_and_a_month_after_the_last_success()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        await Store(service).FailAsync(Subjects.All, service.Clock.Now());
        await Store(service).SucceedAsync(Subjects.Pair, null, service.Clock.Now());

        Assert.That(await CountAfterAsync(service, Throttle.Kept - TimeSpan.FromMilliseconds(1)), Is.EqualTo(3));
        Assert.That(await CountAfterAsync(service, TimeSpan.FromMilliseconds(1)), Is.EqualTo(1));
        Assert.That(await CountAfterAsync(service, Throttle.FamiliarFor - Throttle.Kept - TimeSpan.FromMilliseconds(1)), Is.EqualTo(1));
        Assert.That(await CountAfterAsync(service, TimeSpan.FromMilliseconds(1)), Is.Zero);
    }

    [Test]
    public async Task Beyond_the_bound_those_go_that_matter_least_and_nobody_who_succeeded()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        // The service's own, at its start: two at once count the same surplus.
        await service.PurgedAsync<ThrottlePurge>();
        await Store(service).FailAsync([Subjects.Address], service.Clock.Now());
        await Store(service).FailAsync([Subjects.Address], service.Clock.Now());
        await Store(service).SucceedAsync(Subjects.Pair, null, service.Clock.Now());
        AddStrangers(service, Throttle.MaximumCount + 450);

        await CountAfterAsync(service, TimeSpan.Zero);

        Assert.That(service.Count("throttles"), Is.EqualTo(Throttle.MaximumCount + 1), "and the one that succeeded");
        Assert.That(service.Query("SELECT min(changed_at) FROM throttles", row => row.GetInt64(0)), Is.EqualTo(new[] { 452 }), "the oldest of the least");
        Assert.That(await Store(service).ReadAsync([Subjects.Address, Subjects.Pair], default), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Who_changes_while_the_surplus_is_counted_stays([Values] bool succeeds)
    {
        var meanwhile = new Meanwhile("ORDER BY \"t\".\"failures\"");
        await using var service = await BhivService.StartAsync(directory: DataDirectory, replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(meanwhile)));
        await service.PurgedAsync<ThrottlePurge>();
        AddStrangers(service, Throttle.MaximumCount + 2);
        // A success has the time at which its login came, which may be before that of another's failure.
        var changed = succeeds ? "succeeded_at = 1" : "failures = 100, version = 2";
        meanwhile.Do = () => service.Execute($"UPDATE throttles SET {changed} WHERE throttle_key = 'stranger 1'");

        await Store(service).PurgeAsync(service.Clock.Now(), 200, default);

        Assert.That(meanwhile.Do, Is.Null, "it was done");
        Assert.That(
            service.Query("SELECT throttle_key FROM throttles ORDER BY changed_at LIMIT 2", row => row.GetString(0)),
            Is.EqualTo(new[] { "stranger 1", "stranger 3" }));
    }

    [Test]
    public void A_row_that_was_purged_and_made_anew_is_newer_than_it_was()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var before = Enumerable.Range(0, 100).Aggregate(new Throttle { Key = "key" }, (throttle, _) => throttle.Fail(null, now));

        var anew = new Throttle { Key = "key" }.Fail(null, now + Throttle.Kept);

        Assert.That(anew.Version, Is.GreaterThan(before.Version));
        Assert.That(before.Fail(null, now - TimeSpan.FromDays(1)).Version, Is.GreaterThan(before.Version), "whatever the clock says");
    }

    [Test]
    public async Task Purging_finds_what_is_dead_by_the_index_of_its_expiry_and_scans_nothing()
    {
        var plans = new QueryPlans("DELETE FROM \"throttles\"");
        await using var service = await BhivService.StartAsync(directory: DataDirectory, replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(plans)));

        await Store(service).PurgeAsync(service.Clock.Now(), 10, default);

        var plan = string.Join('\n', plans.Last);
        Assert.That(plan, Does.Contain("INDEX ix_throttles_expires_at (expires_at<?)"));
        Assert.That(plan, Does.Not.Contain("SCAN").And.Not.Contain("TEMP B-TREE"));
    }

    private static IThrottleStore Store(BhivService service) => service.Services.GetRequiredService<IThrottleStore>();

    private static void AddStrangers(BhivService service, int count)
    {
        var expires = (service.Clock.Now() + Throttle.Kept).ToUnixTimeMilliseconds() * 1000;
        service.Execute(
            $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
            INSERT INTO throttles (throttle_key, failures, counted_from, changed_at, version, expires_at)
            SELECT 'stranger ' || n, 1, n, n, 1, {expires} FROM numbers
            """);
    }

    /// <summary>What another process does between a query and what follows it.</summary>
    private sealed class Meanwhile(string query) : DbCommandInterceptor
    {
        /// <summary>Null once it was done.</summary>
        public Action? Do { get; set; }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(
            DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            if (Do is { } act && command.CommandText.Contains(query, StringComparison.Ordinal))
            {
                Do = null;
                act();
            }
            return base.DataReaderClosingAsync(command, eventData, result);
        }
    }

    private static async Task<long> CountAfterAsync(BhivService service, TimeSpan time)
    {
        service.Clock.Advance(time);
        for (var purged = 200; purged == 200;) purged = await Store(service).PurgeAsync(service.Clock.Now(), 200, default);
        return service.Count("throttles");
    }
}
