using System.ComponentModel.DataAnnotations;
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
    /// <param name="request">The token.</param>
    /// <response code="200">What the token says, if it is live.</response>
    [HttpPost(Name = "introspect")]
    [RequireApiKey(Scopes.Introspect)]
    [ProducesResponseType<IntrospectionResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Introspect(TokenRequest request, CancellationToken cancellationToken) =>
        Ok(IntrospectionResponse.Of(await introspections.IntrospectAsync(request.Token!, cancellationToken)));
}

/// <summary>The members of RFC 7662 §2.2, and what kind of token it is and of which session.</summary>
/// <param name="Active" example="true">Whether the token is live.</param>
/// <param name="TokenType" example="bearer"><c>bearer</c> for an access token; a refresh token is no credential for a call and has none.</param>
/// <param name="Type" example="access"><c>access</c> or <c>refresh</c>.</param>
/// <param name="ClientId" example="default">The client that logged in.</param>
/// <param name="Username" example="admin">The account's name.</param>
/// <param name="Sub" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The account's id.</param>
/// <param name="Sid" example="01993f1c-8e4b-7a90-8d15-6b7c93e0f528">The session's id.</param>
/// <param name="Jti" example="jY3mWq0T5n1xS8cRk2vB4g">The token's id.</param>
/// <param name="Iat" example="1772366400">When it was issued, in seconds since 1970.</param>
/// <param name="Exp" example="1772367300">When it expires, in seconds since 1970.</param>
public sealed record IntrospectionResponse(
    bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), AllowedValues(TokenResponse.Bearer)] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), AllowedValues("access", "refresh")] string? Type = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), MaxLength(ClientId.MaximumLength)] string? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Jti = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, long.MaxValue)] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, long.MaxValue)] long? Exp = null)
{
    internal static IntrospectionResponse Of(LiveToken? token) => token is null
        ? new IntrospectionResponse(false)
        : new IntrospectionResponse(
            true,
            token.Type == "access" ? TokenResponse.Bearer : null,
            token.Type,
            token.ClientId.Value,
            token.Username,
            token.AccountId.Value,
            token.SessionId.Value,
            token.TokenId,
            token.IssuedAt.ToUnixTimeSeconds(),
            token.ExpiresAt.ToUnixTimeSeconds());
}
