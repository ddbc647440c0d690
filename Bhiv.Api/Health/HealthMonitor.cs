using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

/// <summary>
/// Whether calls can be served. Judged at most once a second, however many ask. A process that has been told to stop is not ready at
/// once, and serves on for a while: who sends it calls has that long to hear of it, so that none is cut.
/// </summary>
internal sealed class HealthMonitor(
    HealthCheckService checks, IHostApplicationLifetime lifetime, HealthOptions options, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim judging = new(1, 1);
    private readonly CancellationTokenSource drained = new();
    private (HealthReport Report, long At)? last;

    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>When it no longer serves on: what would last as long as its caller likes has to end, or the stop would wait.</summary>
    public CancellationToken Drained => drained.Token;

    public async Task<HealthReport> JudgeAsync(CancellationToken cancellationToken)
    {
        await judging.WaitAsync(cancellationToken);
        try
        {
            if (last is not var (report, at) || time.GetElapsedTime(at) >= Kept)
            {
                // Not cancelled by the one who asked: others wait for the same.
                report = await checks.CheckHealthAsync(CancellationToken.None);
                last = (report, time.GetTimestamp());
            }
            return report;
        }
        finally
        {
            judging.Release();
        }
    }

    /// <summary>After the signal, before the server stops to listen.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(options.DrainDelay, cancellationToken);
        }
        finally
        {
            await drained.CancelAsync();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        judging.Dispose();
        drained.Dispose();
    }
}

/// <summary>Section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    /// <summary>
    /// How long to serve on, not ready, after the signal to stop: longer than whoever sends calls here takes to look at
    /// <c>/health/ready</c>.
    /// </summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);
}
