using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Accounts")]
[Route("api/v1")]
[RequireAdministrator]
public sealed class SessionAdministrationController(SessionAdministration sessions) : ControllerBase
{
    /// <summary>An account's sessions</summary>
    /// <remarks>Where it is logged in, the newest first, a hundred at the most.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <response code="200">The live sessions.</response>
    [HttpGet("accounts/{id}/sessions", Name = "listAccountSessions")]
    [Refuses(nameof(ProblemType.NotFound))]
    [ProducesResponseType<IReadOnlyList<SessionResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([Format("uuid")] string id, CancellationToken cancellationToken) =>
        AccountId.TryParse(id, out var account) && await sessions.ListAsync(account, cancellationToken) is { } live
            ? Ok(live.Select(session => SessionResponse.Of(session, HttpContext.AccessToken().SessionId)))
            : AccountRefusals.NotFound;

    /// <summary>End sessions of others</summary>
    /// <remarks>
    /// One session, an account's, those that a client began, or all there are; their access tokens too: at once here, within a second in other
    /// processes. Nobody is kept from logging in again.
    /// </remarks>
    /// <param name="request">Which; one of the four.</param>
    /// <response code="200">They have ended.</response>
    [HttpPost("sessions/revoke", Name = "revokeSessions")]
    [Refuses(nameof(ProblemType.NotFound))]
    [ProducesResponseType<SessionsEndedResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Revoke(RevokeSessionsRequest request)
    {
        var by = HttpContext.Author();
        var ended = request switch
        {
            { SessionId: { } id } => SessionId.TryParse(id, out var session) && await sessions.RevokeAsync(session, by) ? 1 : null,
            { AccountId: { } id } => AccountId.TryParse(id, out var account) ? await sessions.RevokeAccountAsync(account, by) : null,
            { ClientId: { } id } => await sessions.RevokeClientAsync(new ClientId(id), by),
            _ => await sessions.RevokeEverythingAsync(by),
        };
        return ended is { } count
            ? Ok(new SessionsEndedResponse(count))
            : new Problem(ProblemType.NotFound) { Detail = "There is no such session, account or client, or the session was ended before." };
    }
}
