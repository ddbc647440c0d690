using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// Deletes dead rows of one table: once when the service has started, and then every minute. A run that fails is tried again with
/// the next one and never stops the service, which works as well with dead rows in its table.
/// </summary>
/// <param name="table">Which, for the log and the metrics.</param>
internal abstract class Purge(
    string table, BhivMetrics metrics, IHostApplicationLifetime host, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>
    /// <i>Measured</i> on two busy cores and an SSD, in a table of 500,000: 200 rows hold the lane for 4 ms (median; 12 ms at the
    /// 90th percentile), which is what 50 take: they share one fsync. 500 take 10 ms, 1,000 take 16 and up to 600.
    /// </summary>
    public const int Batch = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Who waits in the lane comes before the next batch anyway; this leaves the disk to those who come then.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private volatile Run? last;

    /// <summary>The time by which the last run that came to its end judged; null before the first has.</summary>
    public DateTimeOffset? LastRun => last?.At;

    /// <summary>How many rows that run purged.</summary>
    public int LastCount => last?.Count ?? 0;

    protected BhivMetrics Metrics { get; } = metrics;

    /// <summary>Deletes up to a batch of the rows that are dead by now: how many went.</summary>
    protected abstract Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken);

    /// <summary>Counts what is left, where somebody wants to know.</summary>
    protected virtual Task CountAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Metrics.PurgeStarted(table, time.Now());
        try
        {
            await HostStartedAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do await RunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host knows a stop when it sees one, but not the end of a start that failed: it would report this as a fault.
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // One time for the whole run: it ends however many rows die meanwhile.
        var now = time.Now();
        var count = 0;
        try
        {
            for (var purged = Batch; purged == Batch;)
            {
                purged = await PurgeAsync(now, Batch, cancellationToken);
                count += purged;
                Metrics.RowsPurged(table, purged);
                // The machine's time and not the service's: it decides nothing, it makes room.
                if (purged == Batch) await Task.Delay(Pause, cancellationToken);
            }
            Metrics.PurgeEnded(table, now);
            await CountAsync(now, cancellationToken);
            last = new Run(now, count);
        }
        catch (StoreUnavailableException fault)
        {
            logger.PurgePutOff(table, fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            logger.PurgeFailed(table, fault);
        }
        finally
        {
            if (count > 0) logger.RowsPurged(count, table);
        }
    }

    /// <summary>A start is not slowed by what can wait until somebody can be answered.</summary>
    private async Task HostStartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>One reference, so that its two values are always of the same run.</summary>
    private sealed record Run(DateTimeOffset At, int Count);
}
