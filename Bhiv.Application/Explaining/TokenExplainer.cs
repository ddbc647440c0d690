using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Explaining;

/// <summary>
/// Explains a token by the verdict of the one validator there is, and by what its session, account and client are now. What a token that
/// failed says of itself is told all the same, as what it says.
/// </summary>
public sealed class TokenExplainer(
    IAccessTokens accessTokens,
    IRefreshTokens refreshTokens,
    IUnverifiedTokens unverified,
    SigningKeyFinder signingKeys,
    ISessionStore sessions,
    IClientStore clients,
    TokenOptions policy,
    Alarms alarms,
    TimeProvider time)
{
    public async Task<Explanation> ExplainAsync(string token, CancellationToken cancellationToken)
    {
        // Who looks at a forged token is no attacker: the alarm is told to be silent.
        alarms.IsDue(Alarm.TokenForged);
        var now = time.Now();
        var said = unverified.Peek(token);
        var isRefresh = said?.Type == UnverifiedToken.Refresh;
        var fault = isRefresh ? FaultOf(refreshTokens.Read(token, now)) : FaultOf(accessTokens.Validate(token, now));

        List<Check> checks = [.. TokenChecks.Of(said, fault, await signingKeys.FindAsync(said?.KeyId, cancellationToken), policy, now)];
        var found = said?.SessionId is { } id ? await sessions.FindAsync(id, cancellationToken) : null;
        if (said?.SessionId is not null)
        {
            var client = found is null ? null : await FindAsync(found.Session.ClientId, cancellationToken);
            checks.AddRange(SessionChecks.Of(said, found, client, policy, now));
        }
        return isRefresh
            ? new Explanation("A refresh token", fault is null ? CodeOf(said!, found, now) : CodeOfRefresh(fault.Value), checks)
            : new Explanation(said is null ? "A token" : "An access token", fault is null ? CodeOf(found) : CodeOfAccess(fault.Value), checks);
    }

    private async Task<Client?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        (await clients.ListAsync(cancellationToken)).FirstOrDefault(client => client.Id == id);

    private static TokenFault? FaultOf<TClaims>(TokenReading<TClaims> reading) =>
        reading is TokenReading<TClaims>.Refused(var fault) ? fault : null;

    private static string CodeOfAccess(TokenFault fault) => fault == TokenFault.Expired ? "expired_token" : "invalid_token";

    private static string CodeOfRefresh(TokenFault fault) => fault == TokenFault.Expired ? "expired_refresh_token" : "invalid_refresh_token";

    /// <summary>Of an access token with nothing wrong in itself.</summary>
    private static string? CodeOf(SessionOfAccount? found) =>
        found is not var (session, account) || session.IsRevoked(account) ? "revoked_token" : null;

    /// <summary>Of a refresh token with nothing wrong in itself.</summary>
    private string? CodeOf(UnverifiedToken said, SessionOfAccount? found, DateTimeOffset now) =>
        found is not var (session, account) ? "invalid_refresh_token"
        : session.Judge(said.AsRefreshToken()!, session.ClientId, account, policy, now) switch
        {
            RefreshVerdict.Rotate or RefreshVerdict.Retry => null,
            RefreshVerdict.Reuse => "refresh_token_reused",
            RefreshVerdict.Revoked => "revoked_refresh_token",
            RefreshVerdict.Expired => "expired_refresh_token",
            RefreshVerdict.Ahead or RefreshVerdict.Mismatch => "invalid_refresh_token",
            _ => throw new UnreachableException(),
        };
}
