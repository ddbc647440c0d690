using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Explaining;

/// <summary>
/// Explains a token by the verdict of the one validator there is, and by what its session, account and client are now. What a token that
/// failed says of itself is looked up all the same: it decides nothing.
/// </summary>
public sealed class TokenExplainer(
    ITokenInspector inspector,
    IAccessTokens accessTokens,
    IRefreshTokens refreshTokens,
    IRevocations revocations,
    SigningKeyFinder signingKeys,
    ISessionStore sessions,
    IClientStore clients,
    TokenOptions policy,
    TimeProvider time)
{
    public async Task<Explanation> ExplainAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var found = inspector.Inspect(token, now);
        var said = found.Claims;
        var session = said?.SessionId is { } id ? await sessions.FindAsync(id, cancellationToken) : null;
        var client = session is null ? null : await clients.FindAsync(session.Session.ClientId, cancellationToken);

        var key = await signingKeys.FindAsync(found.Header?.KeyId, cancellationToken);
        List<Check> checks = [.. TokenChecks.Of(found, token.Length, key, policy, now), .. SessionChecks.Of(said, session, client, policy, now)];
        return said?.Type == UnverifiedToken.Refresh
            ? new Explanation("A refresh token", CodeOfRefresh(found, token, session, now), checks)
            : new Explanation(said is null ? "A token" : "An access token", await CodeOfAccessAsync(found, token, now, cancellationToken), checks);
    }

    private async Task<string?> CodeOfAccessAsync(TokenInspection found, string token, DateTimeOffset now, CancellationToken cancellationToken) =>
        found.Faults is [var first, ..] ? first == TokenFault.Expired ? "expired_token" : "invalid_token"
        // Nothing is wrong with it, so that the validator raises no alarm.
        : accessTokens.Validate(token, now) is TokenReading<AccessTokenClaims>.Valid(var claims)
            ? await revocations.IsRevokedAsync(claims, cancellationToken) ? "revoked_token" : null
        : throw new UnreachableException();

    private string? CodeOfRefresh(TokenInspection found, string token, SessionOfAccount? session, DateTimeOffset now) =>
        found.Faults is [var first, ..] ? first == TokenFault.Expired ? "expired_refresh_token" : "invalid_refresh_token"
        : refreshTokens.Read(token, now) is not TokenReading<RefreshTokenClaims>.Valid(var claims) ? throw new UnreachableException()
        : session is not var (row, account) ? "invalid_refresh_token"
        : row.Judge(claims, row.ClientId, account, policy, now) switch
        {
            RefreshVerdict.Rotate or RefreshVerdict.Retry => null,
            RefreshVerdict.Reuse => "refresh_token_reused",
            RefreshVerdict.Revoked => "revoked_refresh_token",
            RefreshVerdict.Expired => "expired_refresh_token",
            RefreshVerdict.Ahead or RefreshVerdict.Mismatch => "invalid_refresh_token",
            _ => throw new UnreachableException(),
        };
}
