using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Tokens;

/// <summary>What a valid access token says.</summary>
public sealed record AccessTokenClaims(
    AccountId AccountId,
    string Username,
    SessionId SessionId,
    ClientId ClientId,
    IReadOnlyList<string> Roles,
    string TokenId,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt);

/// <summary>What a well-signed refresh token says. Whether it is still good, its session decides.</summary>
public sealed record RefreshTokenClaims(AccountId AccountId, SessionId SessionId, long Generation, string TokenId);
