namespace Bhiv.Api.Http;

/// <summary>
/// Holds a refusal back before it is answered, so that whoever floods from a few connections waits instead of asking on: 200 of them in a
/// closed loop are less than 200 answers a second. Bounded in number, since each holds a connection, and in time, since a stop of the
/// host waits for what it has begun.
/// </summary>
/// <param name="time">For how long, and up to twice as long: a second unless said.</param>
internal sealed class Tarpit(TimeSpan? time = null)
{
    /// <summary>At once, of the whole process.</summary>
    public const int MaximumHeld = 1_000;

    private readonly TimeSpan time = time ?? TimeSpan.FromSeconds(1);
    private int held;

    /// <summary>Comes back when it is time to answer, or the caller has gone; false at once when too many are held.</summary>
    public async Task<bool> HoldAsync(CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref held) > MaximumHeld) return false;
            // By the machine's clock: it is the machine that is spared.
            // Not for the same time each: those that were refused together shall not be back together.
            await Task.Delay(time * (1 + Random.Shared.NextDouble()), aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }
}
