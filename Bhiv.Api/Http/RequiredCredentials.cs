using System.Collections.ObjectModel;
using System.Security.Claims;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Bhiv.Api.Http;

/// <summary>The call needs an API key.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAttribute() => AuthenticationSchemes = ApiKeyDefaults.AuthenticationScheme;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ApiKeyRequirement()];
}

/// <summary>The call needs an API key and an access token of the same client.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAndTokenAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAndTokenAttribute() =>
        AuthenticationSchemes = $"{ApiKeyDefaults.AuthenticationScheme},{JwtBearerDefaults.AuthenticationScheme}";

    public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [new ApiKeyRequirement(), new AccessTokenRequirement()];
}

/// <summary>
/// An API key was accepted. Each credential is required by itself: the framework merges what the schemes accepted into one
/// principal, and "somebody is authenticated" would let either stand for both.
/// </summary>
internal sealed class ApiKeyRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.Identity<ApiKeyIdentity>() is not null) context.Succeed(this);
        return Task.CompletedTask;
    }
}

/// <summary>
/// An access token was accepted, and of the client whose API key was: a stolen token is worth nothing with another client's
/// key.
/// </summary>
internal sealed class AccessTokenRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.Identity<AccessTokenIdentity>() is { } account
            && context.User.Identity<ApiKeyIdentity>() is { } key
            && account.Token.ClientId == key.Client)
            context.Succeed(this);
        return Task.CompletedTask;
    }
}

internal static class CredentialExtensions
{
    /// <summary>What a ticket says beside its principal: nothing. One for all requests, and so nothing can be written to it.</summary>
    public static readonly AuthenticationProperties NoProperties =
        new(ReadOnlyDictionary<string, string?>.Empty, ReadOnlyDictionary<string, object?>.Empty);

    /// <summary>What a credential was accepted as, or null.</summary>
    public static TIdentity? Identity<TIdentity>(this ClaimsPrincipal principal)
        where TIdentity : ClaimsIdentity
    {
        foreach (var identity in principal.Identities)
        {
            if (identity is TIdentity found) return found;
        }
        return null;
    }
}
