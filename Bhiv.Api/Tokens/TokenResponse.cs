using Bhiv.Application.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary>What a login or a refresh answers (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Good for one refresh.</param>
/// <param name="TokenType">Always <c>bearer</c>.</param>
/// <param name="ExpiresIn">Seconds for which the access token is good.</param>
public sealed record TokenResponse(string AccessToken, string RefreshToken, string TokenType, int ExpiresIn)
{
    public static TokenResponse Of(TokenPair pair) =>
        new(pair.AccessToken, pair.RefreshToken, "bearer", (int)pair.ExpiresIn.TotalSeconds);

    /// <summary>Never its tokens: a record would print them.</summary>
    public override string ToString() => "[token response]";
}
