using System.Collections.ObjectModel;
using System.Security.Claims;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Bhiv.Api.Http;

/// <summary>The call needs an API key that has the scope.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAttribute(Scopes scope)
    {
        Scope = scope;
        AuthenticationSchemes = ApiKeyDefaults.AuthenticationScheme;
    }

    public Scopes Scope { get; }

    /// <summary>Whether the key may stand in <c>Authorization: Bearer</c> too, for callers that cannot send another header.</summary>
    public bool AlsoAsBearer { get; init; }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ApiKeyRequirement(Scope)];
}

/// <summary>The call needs no API key, and one that it brings all the same has to be good.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AcceptApiKeyAttribute : Attribute;

/// <summary>The call needs an API key that has the scope, and an access token of the same client.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal class RequireApiKeyAndTokenAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    public RequireApiKeyAndTokenAttribute(Scopes scope)
    {
        Scope = scope;
        AuthenticationSchemes = $"{ApiKeyDefaults.AuthenticationScheme},{JwtBearerDefaults.AuthenticationScheme}";
    }

    public Scopes Scope { get; }

    public virtual IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [new ApiKeyRequirement(Scope), new AccessTokenRequirement()];
}

/// <summary>The call needs an API key that has the scope <c>admin</c>, and an access token of an administrator.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireAdministratorAttribute() : RequireApiKeyAndTokenAttribute(Scopes.Admin)
{
    public override IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [.. base.GetRequirements(), new AdministratorRequirement()];
}

/// <summary>
/// An API key was accepted, and it has the scope. Each credential is required by itself: the framework merges what the schemes
/// accepted into one principal, and "somebody is authenticated" would let either stand for both.
/// </summary>
internal sealed class ApiKeyRequirement(Scopes scope) : IAuthorizationRequirement, IAuthorizationHandler
{
    public Scopes Scope => scope;

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.Identity<ApiKeyIdentity>() is { } identity && identity.Key.Has(scope)) context.Succeed(this);
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
            && context.User.Identity<ApiKeyIdentity>() is { } calling
            && account.Token.ClientId == calling.Key.ClientId)
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
