using System.Collections.Concurrent;

namespace Bhiv.Domain;

/// <summary>Keeps a flood out of the log: what has been told is not told again for a minute. In memory, and bounded.</summary>
public sealed class Silence<T>(TimeProvider time)
    where T : notnull
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const int MaximumRemembered = 10_000;

    private readonly ConcurrentDictionary<T, long> told = new();

    /// <summary>Whether it is to be told now. Of callers at the same time one is told yes.</summary>
    public bool IsOver(T what)
    {
        // Bounded; what is forgotten is told once more.
        if (told.Count > MaximumRemembered) told.Clear();
        var now = time.GetTimestamp();
        if (!told.TryGetValue(what, out var last)) return told.TryAdd(what, now);
        return time.GetElapsedTime(last, now) >= Minute && told.TryUpdate(what, now, last);
    }
}
