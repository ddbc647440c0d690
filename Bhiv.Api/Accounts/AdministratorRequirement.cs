using Bhiv.Api.Http;
using Bhiv.Api.Tokens;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Accounts;

/// <summary>
/// The account may administer: decided on its row and its session's as they are now. What the token says of roles was true when it
/// was issued and only refuses early: one that does not even claim the role costs no read.
/// </summary>
internal sealed class AdministratorRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    public async Task HandleAsync(AuthorizationHandlerContext context)
    {
        // Nothing is read for somebody whose credentials do not suffice by themselves.
        if (context.PendingRequirements.Any(pending => pending != this)) return;
        var token = context.User.Identity<AccessTokenIdentity>()!.Token;
        if (!token.Roles.Contains(Role.Admin))
        {
            context.Fail(new Refusal(this, ProblemType.Forbidden));
            return;
        }
        if (await JudgeAsync((HttpContext)context.Resource!, token) is { } refused) context.Fail(new Refusal(this, refused));
        else context.Succeed(this);
    }

    /// <summary>What an administrator is refused with by the rows as they are now, or null.</summary>
    public static async Task<ProblemType?> JudgeAsync(HttpContext context, AccessTokenClaims token)
    {
        var sessions = context.RequestServices.GetRequiredService<SessionReport>();
        return await sessions.FindCurrentAsync(token, context.RequestAborted) is not var (_, account) ? ProblemType.RevokedToken
            : account.IsAdministrator ? null
            : ProblemType.Forbidden;
    }

    /// <summary>For whoever was let in, and was no administrator any more when his change had its turn.</summary>
    public static async Task<IActionResult> RefuseAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<LateJudgement>().FindRefusalAsync(context)
            // By now he may be one again; this change was refused all the same.
            ?? CredentialProblem.Of(ProblemType.Forbidden, context.AccessToken());

    /// <summary>Carries the reason to the one place that answers.</summary>
    internal sealed class Refusal(IAuthorizationHandler handler, ProblemType type) : AuthorizationFailureReason(handler, type.Title)
    {
        public ProblemType Type { get; } = type;
    }
}
