using System.Security.Claims;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Bhiv.Application.Audit;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
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
internal sealed class CredentialRefusalWriter(
    IFailedLoginStore failedLogins, ForbiddenAudit audit, BhivMetrics metrics, TimeProvider time, ILogger<CredentialRefusalWriter> logger)
    : IAuthorizationMiddlewareResultHandler
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
        // Each is good by itself, and so it is the account that may not, or else the pair that does not belong together.
        if (refusals.Count == 0)
        {
            var account = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<AdministratorRequirement.Refusal>().SingleOrDefault();
            refusals.Add(new Refusal(
                CredentialRefusal.AccessToken, account?.Type ?? ProblemType.WrongClient, Account: context.AccessToken().AccountId));
        }

        await RefuseAsync(context, refusals);
    }

    /// <param name="refusals">Each credential that failed; the first one's code is the answer's.</param>
    public async Task RefuseAsync(HttpContext context, IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            metrics.CredentialRefused(refusal.Credential, refusal.Type.Code);
            logger.CredentialRefused(
                refusal.Credential, refusal.Type.Code, context.Client()?.Value, context.Address(), refusal.Detail ?? refusal.Type.Title);
            if (ReasonOf(refusal.Type) is { } reason)
                failedLogins.Count(context.FailedCredential(reason, refusal.Account, time.Now()));
            // A credential that cannot be judged now is not asked for again.
            if (refusal.Type.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.Append(HeaderNames.WWWAuthenticate, Challenges.For(refusal));
        }
        if (refusals[0].Type.Status == StatusCodes.Status403Forbidden)
            await audit.RecordAsync(refusals[0].Type.Code, context.CallName(), context.User.Identity<AccessTokenIdentity>()?.Token.AccountId, context.Caller());
        await new Problem(refusals[0].Type) { Detail = refusals[0].Detail, Refusals = refusals }.WriteAsync(context);
    }

    /// <summary>
    /// What the log of failed logins says of it; null for what is none: nothing was presented, or it has merely expired, or it could
    /// not be judged.
    /// </summary>
    private static FailedLoginReason? ReasonOf(ProblemType type) =>
        type == ProblemType.InvalidApiKey ? FailedLoginReason.InvalidApiKey
        : type == ProblemType.RevokedApiKey ? FailedLoginReason.RevokedApiKey
        : type == ProblemType.InsufficientScope ? FailedLoginReason.InsufficientScope
        : type == ProblemType.InvalidToken ? FailedLoginReason.InvalidToken
        : type == ProblemType.RevokedToken ? FailedLoginReason.RevokedToken
        : type == ProblemType.WrongClient ? FailedLoginReason.WrongClient
        : type == ProblemType.Forbidden ? FailedLoginReason.Forbidden
        : null;

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
            CredentialRefusal refusal => new Refusal(credential, refusal.Type, refusal.Detail, refusal.Account),
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
