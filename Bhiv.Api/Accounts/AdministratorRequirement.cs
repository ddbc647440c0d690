using Bhiv.Api.Http;
using Bhiv.Api.Tokens;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;

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
        var http = (HttpContext)context.Resource!;
        var sessions = http.RequestServices.GetRequiredService<SessionReport>();
        if (await sessions.FindCurrentAsync(token, http.RequestAborted) is not var (_, account))
            context.Fail(new Refusal(this, ProblemType.RevokedToken));
        else if (!account.Roles.Contains(Role.Admin)) context.Fail(new Refusal(this, ProblemType.Forbidden));
        else context.Succeed(this);
    }

    /// <summary>Carries the reason to the one place that answers.</summary>
    internal sealed class Refusal(IAuthorizationHandler handler, ProblemType type) : AuthorizationFailureReason(handler, type.Title)
    {
        public ProblemType Type { get; } = type;
    }
}
