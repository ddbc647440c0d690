using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Database;

/// <summary>What a purge says of its last run: an alert compares it with the present time.</summary>
public sealed class PurgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_purge_that_has_never_come_to_its_end_is_measured_from_its_start()
    {
        var told = await RunAsync(purge: () => throw new StoreUnavailableException("The disk is gone."), count: () => { });

        Assert.That(told, Is.Not.Empty.And.All.EqualTo(Start.ToUnixTimeSeconds()));
    }

    [Test]
    public async Task A_purge_has_come_to_its_end_when_what_is_left_cannot_be_counted()
    {
        var told = await RunAsync(purge: () => 0, count: () => throw new StoreUnavailableException("The disk is gone."));

        Assert.That(told, Has.Some.GreaterThan(Start.ToUnixTimeSeconds()));
    }

    /// <summary>What the gauge was set to in two runs, a minute apart.</summary>
    private static async Task<double[]> RunAsync(Func<int> purge, Action count)
    {
        // Other services in this process purge, too: this table is nobody else's.
        var table = Guid.NewGuid().ToString();
        var told = new ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == "bhiv.purge.last_run.timestamp") it.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (table.Equals(tag.Value)) told.Enqueue(value);
            }
        });
        listener.Start();
        using var metrics = new BhivMetrics();
        var clock = new FakeTimeProvider(Start);
        var host = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var it = new ScriptedPurge(table, metrics, host, clock, purge, count);
        host.NotifyStarted();

        await it.StartAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => it.Runs == 1);
        await Eventually.IsTrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return it.Runs > 1;
        });
        await it.StopAsync(CancellationToken.None);
        return [.. told];
    }

    private sealed class ScriptedPurge(
        string table, BhivMetrics metrics, ApplicationLifetime host, FakeTimeProvider clock, Func<int> purge, Action count)
        : Purge(table, metrics, host, clock, NullLogger.Instance)
    {
        private int runs;

        public int Runs => Volatile.Read(ref runs);

        protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult(purge());
        }

        protected override Task CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            count();
            return Task.CompletedTask;
        }
    }
}
