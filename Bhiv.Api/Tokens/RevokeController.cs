using Bhiv.Api.Http;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/revoke")]
public sealed class RevokeController(RevocationService revocations) : ControllerBase
{
    /// <summary>Revoke a token (RFC 7009)</summary>
    /// <remarks>
    /// Either token of a session ends the session. A token that is unknown, expired or another client's is answered 200 too, and
    /// nothing happens.
    /// </remarks>
    /// <param name="request">The token.</param>
    /// <response code="200">The token is good no more, if it ever was.</response>
    [HttpPost(Name = "revoke")]
    [RequireApiKey(Scopes.Auth)]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<IActionResult> Revoke(TokenRequest request)
    {
        await revocations.RevokeAsync(request.Token!, HttpContext.Caller());
        return Ok();
    }
}
