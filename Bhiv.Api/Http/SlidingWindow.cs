using System.Threading.RateLimiting;

namespace Bhiv.Api.Http;

/// <summary>
/// So many permits a minute, counted in six parts of ten seconds of which each is forgotten as a whole. Unlike the framework's limiter of
/// this kind, whose refusals know no time, it says when the next permit is there: a caller who believes Retry-After is not kept waiting
/// for a whole minute and not refused again. Any thread may ask.
/// </summary>
internal sealed class SlidingWindow(int permits, TimeProvider time) : RateLimiter
{
    private const int Segments = 6;

    private static readonly TimeSpan Segment = TimeSpan.FromSeconds(10);

    private static readonly Lease Granted = new(null);

    private readonly Lock gate = new();
    private readonly int[] taken = new int[Segments];
    private readonly long began = time.GetTimestamp();
    private long lastGranted = time.GetTimestamp();
    private long current;
    private int total;
    private long granted;
    private long refused;

    /// <summary>Null while something counts: whoever was forgotten then would begin anew.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (gate)
            {
                Advance();
                return total == 0 ? time.GetElapsedTime(lastGranted) : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (gate)
        {
            Advance();
            return new() { CurrentAvailablePermits = permits - total, TotalSuccessfulLeases = granted, TotalFailedLeases = refused };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var elapsed = Advance();
            if (total + permitCount > permits)
            {
                refused++;
                return new Lease(WaitFor(permitCount, elapsed));
            }
            granted++;
            lastGranted = time.GetTimestamp();
            total += permitCount;
            taken[current % Segments] += permitCount;
            return Granted;
        }
    }

    /// <summary>Nobody waits in a queue: what there is not now is refused.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    /// <summary>Gives back what was taken in the parts that are over.</summary>
    private TimeSpan Advance()
    {
        var elapsed = time.GetElapsedTime(began);
        var present = elapsed.Ticks / Segment.Ticks;
        for (var steps = 0; current < present && steps < Segments; steps++)
        {
            ref var oldest = ref taken[++current % Segments];
            total -= oldest;
            oldest = 0;
        }
        current = Math.Max(current, present);
        return elapsed;
    }

    /// <summary>How long until the parts that come to an end have given back enough.</summary>
    private TimeSpan WaitFor(int permitCount, TimeSpan elapsed)
    {
        var lacking = total + permitCount - permits;
        var segment = current + 1;
        // Its place is that of the oldest, which ends when it begins.
        for (; segment < current + Segments && (lacking -= taken[segment % Segments]) > 0; segment++)
        {
        }
        return segment * Segment - elapsed;
    }

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        private static readonly string[] Names = [MetadataName.RetryAfter.Name];

        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => Names;

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
