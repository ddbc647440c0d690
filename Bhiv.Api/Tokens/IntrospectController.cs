using System.Text.Json.Serialization;
using Bhiv.Api.Http;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/introspect")]
public sealed class IntrospectController(IntrospectionService introspections) : ControllerBase
{
    /// <summary>Introspect a token (RFC 7662)</summary>
    /// <remarks>Whether a token of any client is live, and what it says. Of one that is not, `active` is false and nothing else is said.</remarks>
    [HttpPost]
    [RequireApiKey(Scopes.Introspect)]
    [ProducesResponseType<IntrospectionResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Introspect(TokenRequest request, CancellationToken cancellationToken) =>
        Ok(IntrospectionResponse.Of(await introspections.IntrospectAsync(request.Token!, cancellationToken)));
}

/// <summary>The members of RFC 7662 §2.2, and what kind of token it is and of which session.</summary>
/// <param name="Active">Whether the token is live.</param>
/// <param name="TokenType"><c>bearer</c> for an access token; a refresh token is no credential for a call and has none.</param>
/// <param name="Type"><c>access</c> or <c>refresh</c>.</param>
/// <param name="ClientId">The client that logged in.</param>
/// <param name="Username">The account's name.</param>
/// <param name="Sub">The account's id.</param>
/// <param name="Sid">The session's id.</param>
/// <param name="Jti">The token's id.</param>
/// <param name="Iat">When it was issued, in seconds since 1970.</param>
/// <param name="Exp">When it expires, in seconds since 1970.</param>
public sealed record IntrospectionResponse(
    bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Jti = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Exp = null)
{
    internal static IntrospectionResponse Of(LiveToken? token) => token is null
        ? new IntrospectionResponse(false)
        : new IntrospectionResponse(
            true,
            token.Type == "access" ? "bearer" : null,
            token.Type,
            token.ClientId.Value,
            token.Username,
            token.AccountId.ToString(),
            token.SessionId.ToString(),
            token.TokenId,
            token.IssuedAt.ToUnixTimeSeconds(),
            token.ExpiresAt.ToUnixTimeSeconds());
}
