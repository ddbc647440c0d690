namespace Bhiv.Domain.Throttling;

/// <summary>How many logins of a subject may fail, and how long the next waits then.</summary>
public abstract record ThrottleRule
{
    private ThrottleRule()
    {
    }

    /// <summary>For how long failures are counted together, from the first; null: until a success, or until they are forgotten.</summary>
    public abstract TimeSpan? Window { get; }

    /// <summary>What may be tried now.</summary>
    public abstract Allowance Judge(Throttle throttle, DateTimeOffset now);

    /// <summary>After <paramref name="Free"/> consecutive failures the next waits a second, and twice as long after each.</summary>
    public sealed record Doubling(int Free) : ThrottleRule
    {
        /// <summary>So long that guessing leads nowhere (96 a day), and so short that nobody is locked out.</summary>
        public static readonly TimeSpan MaximumDelay = TimeSpan.FromMinutes(15);

        public override TimeSpan? Window => null;

        public override Allowance Judge(Throttle throttle, DateTimeOffset now)
        {
            var failures = throttle.FailuresAt(Window, now);
            if (failures < Free) return new Allowance(Free - failures, TimeSpan.Zero);
            // One at a time, once the delay has passed.
            var wait = DelayAfter(failures - Free) - Throttle.Since(throttle.ChangedAt, now)!.Value;
            return wait > TimeSpan.Zero ? new Allowance(0, wait) : new Allowance(1, TimeSpan.Zero);
        }

        private static TimeSpan DelayAfter(int doublings) =>
            // 2^10 s are beyond the maximum already.
            doublings < 10 ? TimeSpan.FromSeconds(1 << doublings) : MaximumDelay;
    }

    /// <summary>At most <paramref name="Limit"/> failures within a minute from the first.</summary>
    public sealed record PerMinute(int Limit) : ThrottleRule
    {
        public override TimeSpan? Window => TimeSpan.FromMinutes(1);

        public override Allowance Judge(Throttle throttle, DateTimeOffset now)
        {
            var failures = throttle.FailuresAt(Window, now);
            return failures < Limit
                ? new Allowance(Limit - failures, TimeSpan.Zero)
                : new Allowance(0, Window!.Value - Throttle.Since(throttle.CountedFrom, now)!.Value);
        }
    }
}

/// <param name="Places">How many attempts may be undecided at once, since each of them may fail; none while there is to be waited.</param>
/// <param name="Wait">How long, when there is no place.</param>
public readonly record struct Allowance(int Places, TimeSpan Wait);
