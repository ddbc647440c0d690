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

    /// <summary>What a call that was let in is refused with now; null where nothing was taken back.</summary>
    public async ValueTask<CredentialProblem?> FindRefusalAsync(HttpContext context)
    {
        if (context.User.Identity<ApiKeyIdentity>() is not null)
        {
            if (keys.Find(context.ApiKey()!) is not { } key) return CredentialProblem.ApiKeyGone;
            if (key.Judge(time.Now()) is ApiKeyState.Revoked or ApiKeyState.ClientDisabled) return CredentialProblem.ApiKeyRevoked;
        }
        if (context.User.Identity<AccessTokenIdentity>()?.Token is not { } token) return null;
        var type = await revocations.IsRevokedAsync(token, context.RequestAborted) ? ProblemType.RevokedToken
            : context.GetEndpoint()!.Metadata.GetMetadata<RequireAdministratorAttribute>() is null ? null
            : await AdministratorRequirement.JudgeAsync(context, token);
        return type is null ? null : CredentialProblem.Of(type, token);
    }
}
