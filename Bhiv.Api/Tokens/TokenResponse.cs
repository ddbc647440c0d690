using System.ComponentModel.DataAnnotations;
using Bhiv.Application.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary>What a login or a refresh answers (RFC 6749 §5.1).</summary>
/// <param name="AccessToken" example="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.fV8bMlDrBzY1kGkX0zX4G8m2mZxwqkPdJ7hQ1sYw3nE">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken" example="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.fV8bMlDrBzY1kGkX0zX4G8m2mZxwqkPdJ7hQ1sYw3nE">Good for one refresh.</param>
/// <param name="TokenType" example="bearer">Always <c>bearer</c>.</param>
/// <param name="ExpiresIn" example="900">Seconds for which the access token is good.</param>
public sealed record TokenResponse(
    string AccessToken,
    string RefreshToken,
    [property: AllowedValues(TokenResponse.Bearer)] string TokenType,
    [property: Range(1, int.MaxValue)] int ExpiresIn)
{
    internal const string Bearer = "bearer";

    public static TokenResponse Of(TokenPair pair) =>
        new(pair.AccessToken, pair.RefreshToken, Bearer, (int)pair.ExpiresIn.TotalSeconds);

    /// <summary>Never its tokens: a record would print them.</summary>
    public override string ToString() => "[token response]";
}
