using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Tokens;

/// <summary>Makes the pair of a session's present generation.</summary>
public sealed class TokenIssuer(IAccessTokens accessTokens, IRefreshTokens refreshTokens, TokenOptions policy)
{
    /// <summary>The same session gives the same pair: a retry is answered exactly as the refresh whose answer was lost.</summary>
    public TokenPair Issue(Session session, Account account) =>
        new(accessTokens.Issue(session, account), refreshTokens.Issue(session), policy.AccessTokenLifetime);
}
