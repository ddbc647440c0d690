using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// The one lane that every write of this process passes, one at a time. SQLite has one writer: contenders that ask the
/// file itself sleep between tries and starve each other, while here they stand in line.
/// </summary>
internal sealed class WriteLane(BhivMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <param name="patience">How long to stand in line: behind a writer that is stuck, a caller is told to come back.</param>
    /// <param name="cancellationToken">Honoured while waiting, never within the write: an outcome is always known.</param>
    /// <exception cref="StoreUnavailableException">The patience ran out, and nothing was written.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> write, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var admitted = await turn.WaitAsync(patience, cancellationToken);
        metrics.WriteWaited(Stopwatch.GetElapsedTime(began));
        if (!admitted) throw new StoreUnavailableException("The writes before this one did not end in time.");
        try
        {
            return await write();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
