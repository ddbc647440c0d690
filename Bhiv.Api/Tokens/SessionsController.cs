using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Sessions")]
[Route("api/v1/auth")]
public sealed class SessionsController(SessionReport sessions, LogoutService logouts) : ControllerBase
{
    /// <summary>Who am I</summary>
    /// <remarks>The account and the session behind the call, as they stand now.</remarks>
    /// <response code="200">The account and the session.</response>
    [HttpGet("me", Name = "getMe")]
    [RequireApiKeyAndToken(Scopes.Auth)]
    [ProducesResponseType<MeResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Me(CancellationToken cancellationToken) =>
        await sessions.FindCurrentAsync(HttpContext.AccessToken(), cancellationToken) is var (session, account)
            ? Ok(MeResponse.Of(account, session))
            : new Problem(ProblemType.RevokedToken);

    /// <summary>My sessions</summary>
    /// <remarks>Where the account is logged in, the newest first, a hundred at the most.</remarks>
    /// <response code="200">The live sessions.</response>
    [HttpGet("sessions", Name = "listSessions")]
    [RequireApiKeyAndToken(Scopes.Auth)]
    [ProducesResponseType<IReadOnlyList<SessionResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var token = HttpContext.AccessToken();
        var live = await sessions.ListAsync(token, cancellationToken);
        return Ok(live.Select(session => SessionResponse.Of(session, token.SessionId)));
    }

    /// <summary>End one of my sessions</summary>
    /// <remarks>Its tokens are refused from now on. Another account's session is answered as one that there is not.</remarks>
    /// <param name="id" example="01993f1c-8e4b-7a90-8d15-6b7c93e0f528">The `session_id` of the session.</param>
    /// <response code="204">It has ended.</response>
    [HttpDelete("sessions/{id}", Name = "endSession")]
    [Refuses(nameof(ProblemType.NotFound))]
    [RequireApiKeyAndToken(Scopes.Auth)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> End([Format("uuid")] string id) =>
        Guid.TryParseExact(id, "D", out var session)
        && await logouts.EndAsync(new SessionId(session), HttpContext.AccessToken(), HttpContext.Caller())
            ? NoContent()
            : new Problem(ProblemType.NotFound);
}
