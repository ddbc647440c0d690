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
    /// Rotates the session if it is still of the generation of <paramref name="present"/>, not revoked, not expired, and its
    /// account enabled and of its epoch: one conditional UPDATE. The session as it was stored, or null when nothing was.
    /// </summary>
    /// <param name="rotate">
    /// Makes the next session, given the time: asked when the write has its turn and not before, so that waiting for it takes
    /// nothing from the leeway.
    /// </param>
    Task<Session?> TryRotateAsync(Session present, Func<DateTimeOffset, Session> rotate, CancellationToken cancellationToken);
}

public sealed record SessionOfAccount(Session Session, Account Account);
