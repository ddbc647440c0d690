using Bhiv.Domain.Accounts;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// Persists sessions. An outcome is given after the commit that made it durable; values go in and out, never an open
/// transaction. Writes that race are decided by the store, once.
/// </summary>
public interface ISessionStore
{
    /// <summary>A session with its account, as they stand now, read at one instant.</summary>
    Task<SessionOfAccount?> FindAsync(SessionId id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a new session if its account is enabled and still of the session's epoch. False: it was disabled or its
    /// password changed in between, and nothing was stored.
    /// </summary>
    Task<bool> TryAddAsync(Session session, CancellationToken cancellationToken);

    /// <summary>
    /// Stores <paramref name="next"/> if the session is still of generation <paramref name="fromGeneration"/>, not revoked, not
    /// expired at <see cref="Session.RotatedAt"/> of the next, and its account enabled and of its epoch: one conditional UPDATE.
    /// </summary>
    Task<bool> TryRotateAsync(Session next, long fromGeneration, CancellationToken cancellationToken);
}

public sealed record SessionOfAccount(Session Session, Account Account);
