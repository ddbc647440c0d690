using Bhiv.Api.Http;
using Bhiv.Api.Tokens;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Bhiv.Api.Accounts;

/// <summary>
/// Decides on the rows of the account and its session as they are now. What the token says of roles was true when it was issued
/// and only refuses early: one that does not even claim the role costs no read.
/// </summary>
internal sealed class AdministratorHandler(SessionReport sessions) : AuthorizationHandler<AdministratorRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context, AdministratorRequirement requirement)
    {
        // Nothing is read for somebody whose credentials do not suffice by themselves.
        if (context.PendingRequirements.Any(pending => pending != requirement)) return;
        var token = context.User.Identity<AccessTokenIdentity>()!.Token;
        if (!token.Roles.Contains(Role.Admin)) context.Fail(new Refusal(this, ProblemType.Forbidden));
        else if (await sessions.FindCurrentAsync(token, CancellationToken.None) is not var (_, account))
            context.Fail(new Refusal(this, ProblemType.RevokedToken));
        else if (!account.Roles.Contains(Role.Admin)) context.Fail(new Refusal(this, ProblemType.Forbidden));
        else context.Succeed(requirement);
    }

    /// <summary>Carries the reason to the one place that answers.</summary>
    internal sealed class Refusal(IAuthorizationHandler handler, ProblemType type) : AuthorizationFailureReason(handler, type.Title)
    {
        public ProblemType Type { get; } = type;
    }
}
