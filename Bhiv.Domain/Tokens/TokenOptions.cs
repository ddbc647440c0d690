namespace Bhiv.Domain.Tokens;

/// <summary>Section <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>In characters, of a token; a longer one is refused unread.</summary>
    public const int MaximumLength = 4096;

    /// <summary>How long an access token is good: 15 minutes by default. It is the <c>expires_in</c> of every answer.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token is good after it was issued: 7 days by default.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long after login a session ends, however often it was refreshed: 30 days by default.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long after a rotation the predecessor still gets the same successor again: 10 seconds by default. It is what a
    /// client has to repeat a refresh whose answer it lost. Zero is strict single use.
    /// </summary>
    public TimeSpan RefreshLeeway { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead of this clock a token may say it was issued: 5 seconds by default.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a process may go without hearing what others revoked: 5 seconds by default. It asks each second; beyond this,
    /// calls that need an access token are answered 503 until it hears again.
    /// </summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The <c>iss</c> of every token, and the only one accepted: <c>bhiv</c> by default.</summary>
    public string Issuer { get; init; } = "bhiv";

    /// <summary>
    /// The <c>aud</c> of every token, demanded when set. Unset by default, so that a library given nothing but the secret
    /// verifies the tokens: never share the secret between services that leave it unset.
    /// </summary>
    public string? Audience { get; init; }
}
