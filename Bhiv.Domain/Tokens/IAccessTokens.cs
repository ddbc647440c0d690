using Bhiv.Domain.Accounts;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// Issues and validates access tokens. Validating reads no database, and an implementation never throws for a bad token.
/// </summary>
public interface IAccessTokens
{
    /// <summary>The access token of the session's present generation: the same arguments give the same token.</summary>
    string Issue(Session session, Account account);

    TokenReading<AccessTokenClaims> Validate(ReadOnlySpan<char> token, DateTimeOffset now);
}
