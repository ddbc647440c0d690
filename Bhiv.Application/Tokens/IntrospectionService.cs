using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Tokens;

/// <summary>Says whether a token is live (RFC 7662), and never why one is not.</summary>
public sealed class IntrospectionService(
    IAccessTokens accessTokens,
    IRefreshTokens refreshTokens,
    IRevocations revocations,
    ISessionStore sessions,
    TokenOptions policy,
    TimeProvider time)
{
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
