using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>
/// What is asked about a token by its text alone: to end its session (RFC 7009), or whether it is live (RFC 7662). Whoever asks
/// may hold anything, so that nothing is ever said of why a token is not good.
/// </summary>
public sealed class TokenInspection(
    IAccessTokens accessTokens,
    IRefreshTokens refreshTokens,
    IRevocations revocations,
    ISessionStore sessions,
    TokenOptions policy,
    TimeProvider time,
    ILogger<TokenInspection> logger)
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
        var fact = AuditEvent.OfRevocation(session.AccountId, session.Id, reason, caller, time.Now());
        if (await sessions.TryRevokeAsync(session.Id, fact))
            logger.SessionRevoked(session.Id.Value, reason, caller.Client.Value, caller.Address);
    }

    /// <summary>What a live token of any client says; null for whatever is not live.</summary>
    public async Task<LiveToken?> IntrospectAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.Now();
        if (accessTokens.Validate(token, now) is TokenReading<AccessTokenClaims>.Valid(var access))
        {
            return await revocations.IsRevokedAsync(access, cancellationToken)
                ? null
                : new LiveToken(
                    "access", access.AccountId, access.Username, access.SessionId, access.ClientId, access.TokenId,
                    access.IssuedAt, access.ExpiresAt);
        }

        if (refreshTokens.Read(token, now) is not TokenReading<RefreshTokenClaims>.Valid(var refresh)
            || await sessions.FindAsync(refresh.SessionId, cancellationToken) is not var (session, account)
            || session.Judge(refresh, session.ClientId, account, policy, now) is not RefreshVerdict.Rotate)
            return null;
        return new LiveToken(
            "refresh", account.Id, account.Name, session.Id, session.ClientId, refresh.TokenId,
            session.RotatedAt, session.ExpiresAt);
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

/// <summary>What is told of a live token.</summary>
/// <param name="Type"><c>access</c> or <c>refresh</c>, as its own <c>type</c> claim says.</param>
public sealed record LiveToken(
    string Type,
    AccountId AccountId,
    string Username,
    SessionId SessionId,
    ClientId ClientId,
    string TokenId,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt);
