namespace Bhiv.Domain.Audit;

/// <summary>Persists the log of failed logins.</summary>
public interface IFailedLoginStore
{
    /// <summary>
    /// A refused password: durable when it returns. It takes no cancellation: a caller that hangs up must not be able to keep its
    /// failed attempt out of the log. On a day that has had its rows (<see cref="FailedLoginDays"/>) it becomes a count.
    /// </summary>
    Task AddAsync(FailedLogin failure);

    /// <summary>
    /// A refused key or token, or a login that was turned away without a look at its password: counted at once, in memory, and durable
    /// about a second later. Those that are refused alike within a minute become one row with a count (<see cref="FailedLoginTally"/>).
    /// </summary>
    void Count(FailedLogin failure);

    /// <summary>The newest first, as they stand now. What comes in between two calls moves nothing that is older.</summary>
    /// <param name="after">The last row that is known already; null begins with the newest.</param>
    /// <param name="limit">How many at the most.</param>
    Task<IReadOnlyList<FailedLogin>> ListAsync(
        FailedLoginFilter filter, FailedLoginPosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many there are from <paramref name="from"/> until <paramref name="until"/>, and of what.</summary>
    /// <param name="top">How many addresses and accounts are named at the most.</param>
    Task<FailedLoginSummary> SummariseAsync(
        DateTimeOffset from, DateTimeOffset until, int top, CancellationToken cancellationToken);

    /// <summary>Deletes what has been kept long enough (<see cref="FailedLogin.IsOld"/>), the oldest first.</summary>
    /// <param name="batch">How many at the most.</param>
    /// <returns>How many went; fewer than <paramref name="batch"/> when none is left.</returns>
    Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken);
}
