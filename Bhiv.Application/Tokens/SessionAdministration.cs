using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>Shows and ends the sessions of others for whoever runs the service.</summary>
public sealed class SessionAdministration(
    ISessionStore sessions, IAccountStore accounts, IClientStore clients, TimeProvider time, ILogger<SessionAdministration> logger)
{
    /// <summary>The live sessions of an account, the newest first. Null: there is no such account.</summary>
    public async Task<IReadOnlyList<Session>?> ListAsync(AccountId account, CancellationToken cancellationToken) =>
        await accounts.FindAsync(account, cancellationToken) is null
            ? null
            : await sessions.ListLiveAsync(account, time.Now(), cancellationToken);

    /// <summary>Ends one session, whoever's. False: there is none, or it was ended before.</summary>
    public async Task<bool> RevokeAsync(SessionId id, Author by)
    {
        // Not cancelled: a caller that hangs up keeps no session alive.
        if (await sessions.FindAsync(id, CancellationToken.None) is not var (session, account) || session.IsRevoked(account)) return false;
        var ended = await sessions.TryRevokeAsync(id, AuditEvent.OfSessions(account.Id, id, by, time.Now()));
        if (ended) logger.SessionsRevoked($"account {account.Name}", by.Name, 1);
        return ended;
    }

    /// <summary>Ends every session of an account. Null: there is no such account.</summary>
    /// <returns>How many could have been refreshed.</returns>
    public async Task<long?> RevokeAccountAsync(AccountId account, Author by)
    {
        var ended = await sessions.RevokeAccountAsync(account, AuditEvent.OfSessions(account, session: null, by, time.Now()));
        if (ended is not null) logger.SessionsRevoked($"account {account}", by.Name, ended.Value);
        return ended;
    }

    /// <summary>Ends every session that a client began, whoever logged in. Null: there is no such client.</summary>
    /// <returns>How many could have been refreshed.</returns>
    public async Task<long?> RevokeClientAsync(ClientId client, Author by)
    {
        if (await clients.FindAsync(client, CancellationToken.None) is null) return null;
        var ended = await sessions.RevokeClientAsync(client, AuditEvent.OfClientSessions(client, by, time.Now()));
        logger.SessionsRevoked($"client {client}", by.Name, ended);
        return ended;
    }

    /// <summary>
    /// Ends every session of everybody: after a secret leaked, and after a database was restored, in which what was revoked since
    /// the backup lives again.
    /// </summary>
    /// <param name="by">Who does it, for the record.</param>
    /// <returns>How many sessions could have been refreshed.</returns>
    public async Task<long> RevokeEverythingAsync(Author by)
    {
        var ended = await sessions.RevokeEverythingAsync(AuditEvent.OfEverything(by, time.Now()));
        logger.EverySessionRevoked(by.Name, ended);
        return ended;
    }
}
