using System.Collections.Concurrent;

namespace Bhiv.Domain;

/// <summary>Keeps a flood out of the log: what has been told is not told again for a while. In memory, and bounded.</summary>
/// <param name="length">A minute unless said.</param>
public sealed class Silence<T>(TimeProvider time, TimeSpan? length = null)
    where T : notnull
{
    private readonly TimeSpan length = length ?? TimeSpan.FromMinutes(1);

    private const int MaximumRemembered = 10_000;

    private readonly ConcurrentDictionary<T, long> told = new();

    /// <summary>Whether it is to be told now. Of callers at the same time one is told yes.</summary>
    public bool IsOver(T what)
    {
        // Bounded; what is forgotten is told once more.
        if (told.Count > MaximumRemembered) told.Clear();
        var now = time.GetTimestamp();
        if (!told.TryGetValue(what, out var last)) return told.TryAdd(what, now);
        return time.GetElapsedTime(last, now) >= length && told.TryUpdate(what, now, last);
    }

    /// <summary>It could not be told, and is to be told the next time.</summary>
    public void Break(T what) => told.TryRemove(what, out _);
}
