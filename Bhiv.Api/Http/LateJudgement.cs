using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Bhiv.Api.Http;

/// <summary>
/// Judges the credentials once more when the body has come: whether they were taken back. Authorization is due before the body is read: whoever
/// held its last byte back would act half a minute after everything was taken from him.
/// </summary>
internal sealed class LateJudgement(IRevocations revocations, IApiKeys keys, TimeProvider time) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && await FindRefusalAsync(http) is { } refused)
        {
            context.Result = refused;
            return;
        }
        await next();
    }

    private async ValueTask<CredentialProblem?> FindRefusalAsync(HttpContext context)
    {
        if (IsKeyTakenBack(context)) return CredentialProblem.ApiKeyRevoked;
        if (context.User.Identity<AccessTokenIdentity>()?.Token is not { } token) return null;
        var type = await revocations.IsRevokedAsync(token, context.RequestAborted) ? ProblemType.RevokedToken
            : context.GetEndpoint()!.Metadata.GetMetadata<RequireAdministratorAttribute>() is null ? null
            : await AdministratorRequirement.JudgeAsync(context, token);
        return type is null ? null : new CredentialProblem(new Refusal(CredentialRefusal.AccessToken, type, Account: token.AccountId));
    }

    private bool IsKeyTakenBack(HttpContext context) => context.User.Identity<ApiKeyIdentity>() is not null
        && keys.Find(context.ApiKey()!)?.Judge(time.Now()) is null or ApiKeyState.Revoked or ApiKeyState.ClientDisabled;
}
