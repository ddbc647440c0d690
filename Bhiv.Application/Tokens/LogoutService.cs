using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>Ends a person's own sessions. A session that has ended already stays ended and is no error.</summary>
public sealed class LogoutService(ISessionStore sessions, TimeProvider time, ILogger<LogoutService> logger)
{
    /// <summary>Ends the session of the token and no other. False: it was ended in the meantime.</summary>
    public Task<bool> LogoutAsync(AccessTokenClaims token, Caller caller) =>
        RevokeAsync(token.SessionId, RevocationReason.Logout, token, caller);

    /// <summary>Ends every session of the account.</summary>
    public Task<bool> LogoutAllAsync(AccessTokenClaims token, Caller caller) => RevokeAllAsync(token, kept: null, caller);

    /// <summary>
    /// Ends every session of the account but that of the token. False: that one was ended in the meantime, and nothing was done.
    /// </summary>
    public Task<bool> LogoutOthersAsync(AccessTokenClaims token, Caller caller) => RevokeAllAsync(token, token.SessionId, caller);

    /// <summary>Ends a session of the same account. False: the account has no such session, or it was ended.</summary>
    public async Task<bool> EndAsync(SessionId id, AccessTokenClaims token, Caller caller) =>
        // Not cancelled: a caller that hangs up keeps no session alive.
        await sessions.FindAsync(id, CancellationToken.None) is var (session, account)
        && account.Id == token.AccountId
        && !session.IsRevoked(account)
        && await RevokeAsync(id, RevocationReason.EndedByOwner, token, caller);

    private async Task<bool> RevokeAsync(SessionId id, RevocationReason reason, AccessTokenClaims token, Caller caller)
    {
        var revocation = AuditEvent.OfRevocation(token.AccountId, id, reason, caller, time.Now());
        if (!await sessions.TryRevokeAsync(id, revocation)) return false;
        logger.SessionRevoked(id.Value, reason, caller.Client.Value, caller.Address);
        return true;
    }

    private async Task<bool> RevokeAllAsync(AccessTokenClaims token, SessionId? kept, Caller caller)
    {
        if (!await sessions.TryRevokeAllAsync(
            token.AccountId, AuditEvent.OfAccount(token.AccountId, kept, RevocationReason.Logout, caller, time.Now())))
            return false;
        logger.AccountSessionsRevoked(token.AccountId.Value, kept?.Value, caller.Client.Value, caller.Address);
        return true;
    }
}
