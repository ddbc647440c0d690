using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// What a token says of itself, whoever made it and whatever is wrong with it: for an operator who asks why it was refused. Nothing is ever
/// decided by it, and it becomes no verified claims.
/// </summary>
/// <param name="Type"><c>access</c> or <c>refresh</c>, as it should be.</param>
/// <param name="TokenId">Its <c>jti</c>, to be compared and not to be shown.</param>
public sealed record UnverifiedToken(
    string? Type,
    AccountId? AccountId,
    string? Username,
    SessionId? SessionId,
    ClientId? ClientId,
    long? Generation,
    string? TokenId,
    string? Issuer,
    string? Audience,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? ExpiresAt)
{
    public const string Access = "access";
    public const string Refresh = "refresh";

    /// <summary>Without the <c>jti</c>.</summary>
    public override string ToString() => $"[what a token says: {Type} {SessionId}]";
}

/// <summary>What the header of a token says, whoever wrote it.</summary>
/// <param name="IsUnderstood">Whether it says nothing but what this service writes.</param>
public sealed record UnverifiedHeader(string? Algorithm, string? Type, string? KeyId, bool IsUnderstood);

/// <summary>Every check of a token by itself, those behind the first that failed too.</summary>
/// <param name="IsWellFormed">Whether it is three segments of base64url and not too long.</param>
/// <param name="Header">Null: it is no JSON.</param>
/// <param name="Claims">Null: they are no JSON, or one claim stands there twice.</param>
/// <param name="AreClaimsWhole">Whether every claim of its type is there, and of the right type.</param>
/// <param name="Faults">The first is the one that the token is refused for; none: it is as good as it can be by itself.</param>
public sealed record TokenInspection(
    bool IsWellFormed, UnverifiedHeader? Header, UnverifiedToken? Claims, bool AreClaimsWhole, IReadOnlyList<TokenFault> Faults);

/// <summary>
/// Tells of each check that a token is validated by whether it passes. An implementation makes them by the rules that validate, counts
/// and logs nothing, and never throws for a bad token.
/// </summary>
public interface ITokenInspector
{
    TokenInspection Inspect(string token, DateTimeOffset now);
}
