using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Http;

/// <summary>A credential that was accepted and is good no more when the action has its turn: refused as if it had come a moment later.</summary>
internal sealed record CredentialProblem(Refusal Refusal) : IActionResult
{
    public static readonly CredentialProblem ApiKeyRevoked = new(new Refusal(CredentialRefusal.ApiKey, ProblemType.RevokedApiKey));

    public static readonly CredentialProblem ApiKeyGone = new(new Refusal(CredentialRefusal.ApiKey, ProblemType.InvalidApiKey));

    public static CredentialProblem Of(ProblemType type, AccessTokenClaims token) =>
        new(new Refusal(CredentialRefusal.AccessToken, type, Account: token.AccountId));

    public Task ExecuteResultAsync(ActionContext context) => context.HttpContext.RequestServices
        .GetRequiredService<CredentialRefusalWriter>().RefuseAsync(context.HttpContext, [Refusal]);
}
