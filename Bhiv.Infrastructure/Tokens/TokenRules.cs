using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>What a token has to say. Each rule stands here once, for who validates and for who explains.</summary>
internal sealed class TokenRules(TokenOptions options)
{
    /// <summary>The first rule that the claims break; null: none.</summary>
    public TokenFault? Judge(JwtClaims claims, string type, DateTimeOffset now)
    {
        if (!claims.Is("type", type)) return TokenFault.WrongType;
        if (!IsOfHere(claims)) return TokenFault.WrongIssuer;
        if (claims.Validity() is not var (issuedAt, expiresAt)) return TokenFault.Malformed;
        if (IsAhead(issuedAt, now)) return TokenFault.NotYetValid;
        if (IsTooLong(expiresAt - issuedAt, type)) return TokenFault.LifetimeTooLong;
        return IsPast(expiresAt, now) ? TokenFault.Expired : null;
    }

    /// <summary>Every rule that they break, in the same order.</summary>
    /// <param name="areWhole">Whether each claim of the type is there: expired is said only of a token that is otherwise whole.</param>
    public IEnumerable<TokenFault> JudgeAll(JwtClaims claims, string type, bool areWhole, DateTimeOffset now)
    {
        if (!claims.Is("type", type)) yield return TokenFault.WrongType;
        if (!IsOfHere(claims)) yield return TokenFault.WrongIssuer;
        if (claims.Validity() is not var (issuedAt, expiresAt))
        {
            yield return TokenFault.Malformed;
            yield break;
        }
        if (IsAhead(issuedAt, now)) yield return TokenFault.NotYetValid;
        if (IsTooLong(expiresAt - issuedAt, type)) yield return TokenFault.LifetimeTooLong;
        if (!areWhole) yield return TokenFault.Malformed;
        if (IsPast(expiresAt, now)) yield return TokenFault.Expired;
    }

    public static AccessTokenClaims? ReadAccess(JwtClaims claims) =>
        claims.Id("sub") is { } account
        // Its time is read out of it.
        && claims.Id("sid") is { Version: 7 } session
        && claims.Text("username") is { } username
        && claims.Text("client_id") is { } client
        && claims.Texts("roles") is { } roles
        && claims.Text("jti") is { } tokenId
        && claims.Validity() is var (issuedAt, expiresAt)
            ? new AccessTokenClaims(
                new AccountId(account), username, new SessionId(session), new ClientId(client), roles, tokenId, issuedAt, expiresAt)
            : null;

    public static RefreshTokenClaims? ReadRefresh(JwtClaims claims) =>
        claims.Id("sub") is { } account
        && claims.Id("sid") is { } session
        && claims.Number("gen") is { } generation and >= 0
        && claims.Text("jti") is { } tokenId
            ? new RefreshTokenClaims(new AccountId(account), new SessionId(session), generation, tokenId)
            : null;

    private bool IsOfHere(JwtClaims claims) =>
        claims.Is("iss", options.Issuer) && (options.Audience is null || claims.Is("aud", options.Audience));

    private bool IsAhead(DateTimeOffset issuedAt, DateTimeOffset now) => issuedAt > now + options.ClockSkew;

    // The session of a refresh token says when it ends, and a key without the session's secret signs none: shortening the
    // setting ends no session.
    private bool IsTooLong(TimeSpan lifetime, string type) => type == UnverifiedToken.Access && lifetime > options.AccessTokenLifetime;

    private static bool IsPast(DateTimeOffset expiresAt, DateTimeOffset now) => now >= expiresAt;
}
