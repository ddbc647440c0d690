using Bhiv.Api.Http;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/logout")]
public sealed class LogoutController(LogoutService logouts) : ControllerBase
{
    /// <summary>Log out</summary>
    /// <remarks>Ends this session; its access and refresh tokens are refused from now on. A body is needed for a scope alone.</remarks>
    /// <param name="request">Which sessions end; without it, this one.</param>
    /// <response code="204">They have ended.</response>
    [HttpPost(Name = "logout")]
    [RequireApiKeyAndToken(Scopes.Auth)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Logout(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LogoutRequest? request)
    {
        var (token, caller) = (HttpContext.AccessToken(), HttpContext.Caller());
        var done = await (request?.Scope switch
        {
            LogoutRequest.All => logouts.LogoutAllAsync(token, caller),
            LogoutRequest.Others => logouts.LogoutOthersAsync(token, caller),
            _ => logouts.LogoutAsync(token, caller),
        });
        return done ? NoContent() : new Problem(ProblemType.RevokedToken);
    }
}
