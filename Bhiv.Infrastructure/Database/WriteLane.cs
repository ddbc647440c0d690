namespace Bhiv.Infrastructure.Database;

/// <summary>
/// The one lane that every write of this process passes, one at a time. SQLite has one writer: contenders that ask the
/// file itself sleep between tries and starve each other, while here they stand in line.
/// </summary>
internal sealed class WriteLane : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <param name="cancellationToken">Honoured while waiting, never within the write: an outcome is always known.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
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
