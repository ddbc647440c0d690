using System.Diagnostics;
using Bhiv.Api.Accounts;
using Bhiv.Api.Http;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Tokens;

[ApiController]
[Tags("Authentication")]
[Route("api/v1/auth/login")]
public sealed class LoginController(LoginService logins) : ControllerBase
{
    /// <summary>Log in</summary>
    /// <remarks>
    /// A name and a password for an access token (15 minutes by default) and a refresh token (7 days by default). With `new_password` the password
    /// is replaced at once, and every other session of the account ends; a one-time password is good with it alone.
    /// </remarks>
    /// <param name="request">Who logs in.</param>
    /// <response code="200">The first tokens of a new session.</response>
    [HttpPost(Name = "login")]
    [RequireApiKey(Scopes.Auth)]
    [Refuses(nameof(ProblemType.InvalidCredentials), nameof(ProblemType.PasswordChangeRequired), nameof(ProblemType.TooManyAttempts))]
    [ProducesResponseType<TokenResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Login(LoginRequest request, CancellationToken cancellationToken)
    {
        var name = AccountName.Of(request.Username);
        var password = PlainTextPassword.Of(request.Password);
        var next = request.NewPassword is null ? null : PlainTextPassword.Of(request.NewPassword);
        return await logins.LoginAsync(name, password, next, HttpContext.Caller(), cancellationToken) switch
        {
            LoginResult.LoggedIn(var tokens) => Ok(TokenResponse.Of(tokens)),
            LoginResult.Unfit(var problem) => UnfitPassword.Refuse(problem),
            LoginResult.PasswordChangeRequired => new Problem(ProblemType.PasswordChangeRequired),
            LoginResult.Refused => new Problem(ProblemType.InvalidCredentials),
            LoginResult.TurnedAway(var wait) => new Problem(ProblemType.TooManyAttempts) { RetryAfter = wait },
            LoginResult.ApiKeyRevoked => CredentialProblem.ApiKeyRevoked,
            _ => throw new UnreachableException(),
        };
    }
}
