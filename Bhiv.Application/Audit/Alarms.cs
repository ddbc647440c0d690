using System.Collections.Concurrent;
using Bhiv.Domain.Audit;

namespace Bhiv.Application.Audit;

/// <summary>
/// Keeps an attack from flooding the log: each cause is told at most once a minute by this process. What is durable is
/// recorded all the same.
/// </summary>
public sealed class Alarms(TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<AuditEventKind, long> told = new();

    /// <summary>Whether the cause is to be told now. Of callers at the same time one is told yes.</summary>
    public bool IsDue(AuditEventKind cause)
    {
        var now = time.GetTimestamp();
        if (!told.TryGetValue(cause, out var last)) return told.TryAdd(cause, now);
        return time.GetElapsedTime(last, now) >= Silence && told.TryUpdate(cause, now, last);
    }
}
