using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Audit;

/// <summary>
/// Writes each second what was counted of refused keys and tokens, and the rest at the stop. At the start it learns what the day has had.
/// </summary>
internal sealed class FailedLoginWriter(
    FailedLoginStore store, FailedLoginTally tally, FailedLoginDays days, TimeProvider time, ILogger<FailedLoginWriter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool failing;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server listens: a restart is no way to a day's rows once more.
        var now = time.Now();
        foreach (var (kind, rows) in await store.CountDayAsync(now, cancellationToken)) days.Begin(now, kind, rows);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The server has stopped before: nothing is counted any more, and no tick comes that would write what this cannot.
        await WriteAsync();
        var lost = tally.Take(time.Now()).Sum(row => row.Count);
        if (lost > 0) logger.FailedLoginsLost(lost);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EachAsync(Interval, _ => WriteAsync(), stoppingToken);

    private async Task WriteAsync()
    {
        foreach (var kind in days.TakeNews()) logger.FailedLoginDayFilled(days.PerDay, kind);
        try
        {
            await store.WriteCountsAsync(time.Now());
            failing = false;
        }
        catch (Exception fault)
        {
            // It stays counted, and the next tick tries again. Whatever it was, who gave up would count for ever and write nothing.
            if (!failing) logger.FailedLoginsUnwritten(fault);
            failing = true;
        }
    }
}
