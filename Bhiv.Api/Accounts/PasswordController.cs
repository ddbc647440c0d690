using System.Diagnostics;
using Bhiv.Api.Http;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Accounts;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/password")]
public sealed class PasswordController(PasswordChangeService passwords) : ControllerBase
{
    /// <summary>Change my password</summary>
    /// <remarks>
    /// Every other session of the account ends at once, its access tokens included; this one goes on. The current password is throttled as at a
    /// login, and a failure counts as one there.
    /// </remarks>
    /// <param name="request">The password that is, and the one that shall be.</param>
    /// <response code="204">It is changed.</response>
    [HttpPost(Name = "changePassword")]
    [RequireApiKeyAndToken(Scopes.Auth)]
    [Refuses(nameof(ProblemType.InvalidCredentials), nameof(ProblemType.TooManyAttempts))]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Change(ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        var (present, next) = (PlainTextPassword.Of(request.CurrentPassword), PlainTextPassword.Of(request.NewPassword));
        return await passwords.ChangeAsync(HttpContext.AccessToken(), present, next, HttpContext.Caller(), cancellationToken) switch
        {
            PasswordChangeResult.Changed => NoContent(),
            PasswordChangeResult.Unfit(var problem) => UnfitPassword.Refuse(problem),
            PasswordChangeResult.Refused => new Problem(ProblemType.InvalidCredentials),
            PasswordChangeResult.TurnedAway(var wait) => new Problem(ProblemType.TooManyAttempts) { RetryAfter = wait },
            PasswordChangeResult.SessionEnded => new Problem(ProblemType.RevokedToken),
            _ => throw new UnreachableException(),
        };
    }
}
