using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>
/// Takes a token back that its client gives back (RFC 7009). Whoever calls may hold anything, so that nothing is ever said of why
/// a token is not good.
/// </summary>
public sealed class RevocationService(
    IAccessTokens accessTokens,
    IRefreshTokens refreshTokens,
    ISessionStore sessions,
    TimeProvider time,
    ILogger<RevocationService> logger)
{
    /// <summary>
    /// Ends the session of either of its tokens, if the caller's client is the one that logged in. Of any other token nothing
    /// is done and nothing said (RFC 7009 §2.2).
    /// </summary>
    public async Task RevokeAsync(string token, Caller caller)
    {
        // Not cancelled: a caller that hangs up keeps no session alive.
        if (await FindSessionAsync(token, CancellationToken.None) is not { } session || session.ClientId != caller.Client) return;
        const RevocationReason reason = RevocationReason.TokenRevoked;
        var revocation = AuditEvent.OfRevocation(session.AccountId, session.Id, reason, caller, time.Now());
        if (await sessions.TryRevokeAsync(session.Id, revocation))
            logger.SessionRevoked(session.Id.Value, reason, caller.Client.Value, caller.Address);
    }

    /// <summary>The session that gave a token out. A leaked signing key alone makes no refresh token that passes here.</summary>
    private async Task<Session?> FindSessionAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.Now();
        if (accessTokens.Validate(token, now) is TokenReading<AccessTokenClaims>.Valid(var access))
        {
            return await sessions.FindAsync(access.SessionId, cancellationToken) is var (session, _)
                && session.AccountId == access.AccountId
                ? session
                : null;
        }
        if (refreshTokens.Read(token, now) is TokenReading<RefreshTokenClaims>.Valid(var refresh))
        {
            return await sessions.FindAsync(refresh.SessionId, cancellationToken) is var (session, _)
                && session.AccountId == refresh.AccountId
                && session.Secret.IssuedRefreshToken(refresh.Generation, refresh.TokenId)
                ? session
                : null;
        }
        return null;
    }
}
