using Bhiv.Domain;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Tokens;

/// <summary>What a person is told of their own sessions, from the rows as they stand now.</summary>
public sealed class SessionReport(ISessionStore sessions, TimeProvider time)
{
    /// <summary>The session of the token, with its account. Null: it was ended in the meantime.</summary>
    public async Task<SessionOfAccount?> FindCurrentAsync(AccessTokenClaims token, CancellationToken cancellationToken) =>
        await sessions.FindAsync(token.SessionId, cancellationToken) is { } found && !found.Session.IsRevoked(found.Account)
            ? found
            : null;

    /// <summary>The live sessions of the account, the newest first.</summary>
    public Task<IReadOnlyList<Session>> ListAsync(AccessTokenClaims token, CancellationToken cancellationToken) =>
        sessions.ListLiveAsync(token.AccountId, time.Now(), cancellationToken);
}
