using System.Security.Claims;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Bhiv.Api.Http;

/// <summary>The call needs an API key.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAttribute() => AuthenticationSchemes = ApiKeyDefaults.AuthenticationScheme;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [CredentialRequirement.ApiKey];
}

/// <summary>The call needs an API key and an access token of the same client.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAndTokenAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAndTokenAttribute() =>
        AuthenticationSchemes = $"{ApiKeyDefaults.AuthenticationScheme},{JwtBearerDefaults.AuthenticationScheme}";

    public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [CredentialRequirement.ApiKey, CredentialRequirement.AccessToken, new SameClientRequirement()];
}

/// <summary>
/// One credential was accepted. Each is required by itself: the framework merges what the schemes accepted into one
/// principal, and "somebody is authenticated" would let either credential stand for both.
/// </summary>
internal sealed class CredentialRequirement : AuthorizationHandler<CredentialRequirement>, IAuthorizationRequirement
{
    public static readonly CredentialRequirement ApiKey = new(ApiKeyDefaults.AuthenticationScheme);

    public static readonly CredentialRequirement AccessToken = new(JwtBearerDefaults.AuthenticationScheme);

    private readonly string scheme;

    private CredentialRequirement(string scheme) => this.scheme = scheme;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CredentialRequirement requirement)
    {
        if (context.User.OfScheme(requirement.scheme) is not null) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>The two credentials belong together: a stolen token is worth nothing with another client's key.</summary>
internal sealed class SameClientRequirement : AuthorizationHandler<SameClientRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SameClientRequirement requirement)
    {
        var ofKey = context.User.ClientOf(ApiKeyDefaults.AuthenticationScheme);
        var ofToken = context.User.ClientOf(JwtBearerDefaults.AuthenticationScheme);
        if (ofKey is not null && ofKey == ofToken) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

internal static class ClaimsPrincipalExtensions
{
    /// <summary>The identity that a scheme accepted, or null.</summary>
    public static ClaimsIdentity? OfScheme(this ClaimsPrincipal principal, string scheme)
    {
        foreach (var identity in principal.Identities)
        {
            if (identity.IsAuthenticated && identity.AuthenticationType == scheme) return identity;
        }
        return null;
    }

    /// <summary>The client that the credential of a scheme names, or null when the scheme accepted none.</summary>
    public static string? ClientOf(this ClaimsPrincipal principal, string scheme) =>
        principal.OfScheme(scheme)?.FindFirst(ClaimNames.ClientId)?.Value;
}
