using System.Linq.Expressions;

namespace Bhiv.Domain.Throttling;

/// <summary>
/// What is remembered of logins by one subject: a name at an address, a name, or an address. It outlives the process, so that a restart
/// forgives nothing, and is shared by all on one database.
/// </summary>
public sealed record Throttle
{
    /// <summary>For how long nobody has to fail for his failures to be forgotten: as many guesses as he got by waiting.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>For how long after a success an address is where an account's owner is.</summary>
    public static readonly TimeSpan FamiliarFor = TimeSpan.FromDays(30);

    /// <summary>How many are kept that never succeeded; those with the fewest failures go first.</summary>
    public const int MaximumCount = 100_000;

    /// <summary>How old a success may be before another is worth a write.</summary>
    private static readonly TimeSpan SuccessIsNews = TimeSpan.FromDays(1);

    /// <summary>How far processes' clocks may be apart; what is further ahead was written before the clock was set back, and is over.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>See <see cref="ThrottleSubject.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Those that count.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of them was.</summary>
    public DateTimeOffset CountedFrom { get; init; }

    /// <summary>The last failure, where there is one that counts.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// Of two states the one with the greater is the newer, whatever clocks do: one more than the last, and the time in ticks at the
    /// least, so that a row that was purged and made anew goes on where it was.
    /// </summary>
    public long Version { get; init; }

    /// <summary>The last success, to the day.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>From when on it says nothing any more.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it succeeded lately, and with the password that is: who knew a former one is a stranger.</summary>
    /// <param name="passwordChangedAt">Of the account that has the name; null where nobody has.</param>
    public bool IsFamiliar(DateTimeOffset? passwordChangedAt, DateTimeOffset now) =>
        SucceededAt is { } succeededAt && Since(succeededAt, now) < FamiliarFor
        // A password that was set by a clock that was ahead is newer than any success, and so is each that replaces it, until the clock is there: till
        // then whoever knew a former one is familiar too.
        && (succeededAt >= passwordChangedAt || (passwordChangedAt is { } changedAt && Since(changedAt, now) is null));

    /// <summary>Whether a success is worth a write.</summary>
    public bool IsChangedBySuccess(DateTimeOffset? passwordChangedAt, DateTimeOffset now) =>
        Failures > 0 || !IsFamiliar(passwordChangedAt, now) || Since(SucceededAt!.Value, now) >= SuccessIsNews;

    /// <param name="window">For how long failures are counted together, from the first; null as long as they are kept.</param>
    public Throttle Fail(TimeSpan? window, DateTimeOffset now)
    {
        var goesOn = FailuresAt(window, now) > 0;
        return Change(now) with
        {
            Failures = goesOn ? Failures + 1 : 1,
            CountedFrom = goesOn ? CountedFrom : now,
        };
    }

    public Throttle Succeed(DateTimeOffset now) => (this with { Failures = 0, SucceededAt = now }).Change(now);

    /// <summary>Forgets its failures, and says nothing of success.</summary>
    public Throttle Reset(DateTimeOffset now) => (this with { Failures = 0 }).Change(now);

    /// <summary>The failures that still count.</summary>
    public int FailuresAt(TimeSpan? window, DateTimeOffset now)
    {
        var (since, lasts) = window is { } length ? (CountedFrom, length) : (ChangedAt, Kept);
        return Since(since, now) is { } elapsed && elapsed < lasts ? Failures : 0;
    }

    /// <summary>The time that has passed; null when the clock was set back meanwhile.</summary>
    public static TimeSpan? Since(DateTimeOffset instant, DateTimeOffset now)
    {
        var elapsed = now - instant;
        if (elapsed < -ClockDifference) return null;
        return elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;
    }

    public static Expression<Func<Throttle, bool>> IsDead(DateTimeOffset now) => throttle => throttle.ExpiresAt <= now;

    private Throttle Change(DateTimeOffset now)
    {
        var familiarUntil = SucceededAt + FamiliarFor;
        return this with
        {
            ChangedAt = now,
            Version = Math.Max(Version + 1, now.UtcTicks),
            ExpiresAt = familiarUntil > now + Kept ? familiarUntil.Value : now + Kept,
        };
    }
}
