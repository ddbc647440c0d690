using System.Security.Claims;
using Bhiv.Api.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;

namespace Bhiv.Api.Http;

/// <summary>
/// Answers every call whose credentials do not suffice, once, naming each credential that failed: whoever mends only the first
/// would learn of the second on the next try.
/// </summary>
internal sealed class CredentialRefusalWriter(ILogger<CredentialRefusalWriter> logger) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var refusals = new List<Refusal>();
        foreach (var scheme in policy.AuthenticationSchemes)
        {
            // Not judged again: a handler keeps its verdict for the request.
            if (Explain(scheme, await context.AuthenticateAsync(scheme), policy) is { } refusal) refusals.Add(refusal);
        }
        // Each is good by itself, and so it is the pair that is not.
        if (refusals.Count == 0) refusals.Add(new Refusal(CredentialRefusal.AccessToken, ProblemType.WrongClient));

        foreach (var refusal in refusals)
        {
            logger.CredentialRefused(
                refusal.Credential, refusal.Type.Code, context.Client()?.Value, context.Address(), refusal.Detail ?? refusal.Type.Title);
            // A credential that cannot be judged now is not asked for again.
            if (refusal.Type.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.Append(HeaderNames.WWWAuthenticate, Challenges.For(refusal));
        }
        await new Problem(refusals[0].Type) { Detail = refusals[0].Detail, Refusals = refusals }.WriteAsync(context);
    }

    private static Refusal? Explain(string scheme, AuthenticateResult result, AuthorizationPolicy policy)
    {
        if (result.Succeeded) return ExplainScope(result.Principal, policy);
        var (credential, missing, invalid) = scheme switch
        {
            ApiKeyDefaults.AuthenticationScheme =>
                (CredentialRefusal.ApiKey, ProblemType.MissingApiKey, ProblemType.InvalidApiKey),
            JwtBearerDefaults.AuthenticationScheme =>
                (CredentialRefusal.AccessToken, ProblemType.MissingToken, ProblemType.InvalidToken),
            _ => throw new InvalidOperationException($"Nothing is known of the scheme {scheme}."),
        };
        return result.Failure switch
        {
            CredentialRefusal refusal => new Refusal(credential, refusal.Type, refusal.Detail),
            null => new Refusal(credential, missing),
            _ => new Refusal(credential, invalid),
        };
    }

    /// <summary>What an accepted API key lacks for this call, if anything. Of an access token nothing is asked here.</summary>
    private static Refusal? ExplainScope(ClaimsPrincipal principal, AuthorizationPolicy policy)
    {
        var needed = policy.Requirements.OfType<ApiKeyRequirement>().Single().Scope;
        return principal.Identity<ApiKeyIdentity>() is { } identity && !identity.Key.Has(needed)
            ? new Refusal(
                CredentialRefusal.ApiKey,
                ProblemType.InsufficientScope,
                $"The call needs the scope {needed.ToText()}, and the API key has: {identity.Key.Scopes.ToText()}.")
            : null;
    }
}
