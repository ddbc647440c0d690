using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// What a token says of itself, whoever made it and whatever is wrong with it: for an operator who asks why it was refused. Nothing is ever
/// decided by it.
/// </summary>
/// <param name="KeyId">The <c>kid</c> of its header.</param>
/// <param name="Type"><c>access</c> or <c>refresh</c>, as it should be.</param>
/// <param name="TokenId">Its <c>jti</c>, to be compared and not to be shown.</param>
public sealed record UnverifiedToken(
    string? KeyId,
    string? Type,
    AccountId? AccountId,
    string? Username,
    SessionId? SessionId,
    ClientId? ClientId,
    long? Generation,
    string? TokenId,
    string? Issuer,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? ExpiresAt)
{
    public const string Access = "access";
    public const string Refresh = "refresh";

    /// <summary>As a refresh token, if it says all that one says.</summary>
    public RefreshTokenClaims? AsRefreshToken() =>
        AccountId is { } account && SessionId is { } session && Generation is { } generation && TokenId is { } tokenId
            ? new RefreshTokenClaims(account, session, generation, tokenId)
            : null;
}

/// <summary>Reads tokens without judging them. An implementation never throws for a bad token.</summary>
public interface IUnverifiedTokens
{
    /// <summary>Null: it is no JWT whose header and claims can be read.</summary>
    UnverifiedToken? Peek(string token);
}
