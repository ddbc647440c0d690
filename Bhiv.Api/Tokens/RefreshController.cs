using System.Diagnostics;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Tokens;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/refresh")]
public sealed class RefreshController(RefreshService refreshes) : ControllerBase
{
    public const string OutcomeHeader = "Refresh-Outcome";
    private const string Rotated = "rotated";
    private const string Retried = "retried";

    /// <summary>Refresh</summary>
    /// <remarks>
    /// The session's newest refresh token for the next pair. Repeated within the leeway (10 seconds by default) it gives the same pair
    /// again, and the header Refresh-Outcome says `retried` instead of `rotated`.
    /// </remarks>
    /// <param name="request">The refresh token.</param>
    /// <response code="200">The next tokens of the session, or on a retry the same again.</response>
    [HttpPost(Name = "refresh")]
    [RequireApiKey(Scopes.Auth)]
    [Refuses(
        nameof(ProblemType.InvalidRefreshToken),
        nameof(ProblemType.ExpiredRefreshToken),
        nameof(ProblemType.RevokedRefreshToken),
        nameof(ProblemType.RefreshTokenReused))]
    [AnswersHeader(OutcomeHeader, "Whether the tokens are new, or those that the first refresh of this token gave.", Rotated, Retried)]
    [ProducesResponseType<TokenResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Refresh(RefreshRequest request, CancellationToken cancellationToken)
    {
        switch (await refreshes.RefreshAsync(request.RefreshToken!, HttpContext.Caller(), cancellationToken))
        {
            case RefreshResult.Rotated(var tokens):
                Response.Headers[OutcomeHeader] = Rotated;
                return Ok(TokenResponse.Of(tokens));
            case RefreshResult.Retried(var tokens):
                Response.Headers[OutcomeHeader] = Retried;
                return Ok(TokenResponse.Of(tokens));
            case RefreshResult.Refused(var refusal):
                return new Problem(ProblemOf(refusal));
            case RefreshResult.ApiKeyRevoked:
                return CredentialProblem.ApiKeyRevoked;
            default:
                throw new UnreachableException();
        }
    }

    private static ProblemType ProblemOf(RefreshRefusal refusal) => refusal switch
    {
        RefreshRefusal.Invalid => ProblemType.InvalidRefreshToken,
        RefreshRefusal.Expired => ProblemType.ExpiredRefreshToken,
        RefreshRefusal.Revoked => ProblemType.RevokedRefreshToken,
        RefreshRefusal.Reused => ProblemType.RefreshTokenReused,
        _ => throw new UnreachableException(),
    };
}
