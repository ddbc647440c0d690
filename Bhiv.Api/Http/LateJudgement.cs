using Bhiv.Api.Accounts;
using Bhiv.Api.Tokens;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Bhiv.Api.Http;

/// <summary>
/// Judges an access token once more when the body has come. Authorization is due before the body is read: whoever held its last byte back
/// would act half a minute after everything was taken from him.
/// </summary>
internal sealed class LateJudgement(IRevocations revocations) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
            && http.User.Identity<AccessTokenIdentity>()?.Token is { } token
            && await FindRefusalAsync(http, token) is { } refused)
        {
            context.Result = new CredentialProblem(new Refusal(CredentialRefusal.AccessToken, refused, Account: token.AccountId));
            return;
        }
        await next();
    }

    private async ValueTask<ProblemType?> FindRefusalAsync(HttpContext context, AccessTokenClaims token) =>
        await revocations.IsRevokedAsync(token, context.RequestAborted) ? ProblemType.RevokedToken
        : context.GetEndpoint()!.Metadata.GetMetadata<RequireAdministratorAttribute>() is null ? null
        : await AdministratorRequirement.JudgeAsync(context, token);
}
