namespace Bhiv.Domain.Throttling;

/// <summary>Persists throttles. What is counted is committed when a method returns, one caller after the other.</summary>
public interface IThrottleStore
{
    /// <summary>Those that there are.</summary>
    Task<IReadOnlyList<Throttle>> ReadAsync(IReadOnlyList<ThrottleSubject> subjects, CancellationToken cancellationToken);

    /// <summary>
    /// Counts one failure of each subject. It takes no cancellation: a caller that hangs up does not get out of it.
    /// </summary>
    /// <returns>What they are now.</returns>
    Task<IReadOnlyList<Throttle>> FailAsync(IReadOnlyList<ThrottleSubject> subjects, DateTimeOffset now);

    /// <summary>A login under a name at an address succeeded: both begin anew.</summary>
    /// <param name="pair">Becomes familiar.</param>
    /// <param name="name">Null where its failures are nobody's business: those of others.</param>
    /// <param name="at">When the password that succeeded was surely the account's.</param>
    /// <returns>What they are now.</returns>
    Task<IReadOnlyList<Throttle>> SucceedAsync(ThrottleSubject pair, ThrottleSubject? name, DateTimeOffset at);

    /// <summary>Deletes what is dead, and then what are more than <see cref="Throttle.MaximumCount"/>.</summary>
    /// <param name="batch">How many at the most.</param>
    /// <returns>How many went; fewer than <paramref name="batch"/> when none is left.</returns>
    Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken);
}
