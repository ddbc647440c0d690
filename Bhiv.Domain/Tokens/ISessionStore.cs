using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;

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
    /// Stores a new session if its account is enabled and still of the session's epoch, its client enabled and its API key not
    /// revoked. Otherwise one of them changed in between, and nothing was stored.
    /// </summary>
    Task<SessionAddition> TryAddAsync(Session session, CancellationToken cancellationToken);

    /// <summary>
    /// Rotates the session if it is still of the generation of <paramref name="present"/>, not revoked, not expired, its
    /// account enabled and of its epoch, and the API key that it is refreshed with not revoked: one conditional UPDATE. The session as
    /// it was stored, or null when nothing was.
    /// </summary>
    /// <param name="rotate">
    /// Makes the next session, given the time: asked when the write has its turn and not before, so that waiting for it takes
    /// nothing from the leeway.
    /// </param>
    Task<Session?> TryRotateAsync(Session present, Func<DateTimeOffset, Session> rotate, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the session if nothing has yet, together with the record of it. False: it was ended before or is gone, and
    /// nothing was written. When it returns, this process accepts no token of it any more. It takes no cancellation: a caller
    /// that hangs up keeps no session alive.
    /// </summary>
    Task<bool> TryRevokeAsync(SessionId id, AuditEvent revocation);

    /// <summary>
    /// Ends every session of the account, but for the one that it names, together with the record of it: the account's
    /// epoch is raised, and the kept session is taken along. False: the session to keep has itself ended, and nothing was
    /// written. Otherwise as <see cref="TryRevokeAsync"/>.
    /// </summary>
    Task<bool> TryRevokeAllAsync(AccountId account, AuditEvent revocation);

    /// <summary>Ends every session of the account for whoever runs the service. Null: there is no such account. Otherwise as <see cref="TryRevokeAllAsync"/>.</summary>
    /// <returns>How many could have been refreshed.</returns>
    Task<long?> RevokeAccountAsync(AccountId account, AuditEvent revocation);

    /// <summary>Ends every session that the client began, whoever logged in. Otherwise as <see cref="TryRevokeAsync"/>.</summary>
    /// <returns>How many could have been refreshed.</returns>
    Task<int> RevokeClientAsync(ClientId client, AuditEvent revocation);

    /// <summary>
    /// Ends every session of every account, together with the record of it: all epochs are raised, and access tokens of sessions
    /// that this database has never seen end too (it may be a restored one). Otherwise as <see cref="TryRevokeAsync"/>.
    /// </summary>
    /// <returns>How many could have been refreshed.</returns>
    Task<long> RevokeEverythingAsync(AuditEvent revocation);

    /// <summary>The account's sessions that a refresh would still accept, the newest hundred first.</summary>
    Task<IReadOnlyList<Session>> ListLiveAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many sessions can be refreshed.</summary>
    Task<long> CountLiveAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes sessions that are dead (<see cref="Session.IsDead"/>), those that expired first before the others. It is one write
    /// among the others: whoever wants every dead session gone asks again, and leaves them their turn in between.
    /// </summary>
    /// <param name="batch">How many at the most.</param>
    /// <returns>How many went; fewer than <paramref name="batch"/> when none is left.</returns>
    Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken);
}

public sealed record SessionOfAccount(Session Session, Account Account);

public enum SessionAddition
{
    Added,

    /// <summary>The account was disabled, or its password changed.</summary>
    AccountChanged,

    /// <summary>Or its client was disabled.</summary>
    ApiKeyRevoked,
}
