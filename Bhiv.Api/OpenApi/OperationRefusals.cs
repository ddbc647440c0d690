using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Bhiv.Api.OpenApi;

/// <summary>
/// What an operation can be refused with, from what it demands. An endpoint that is added gets its refusals without being told; only
/// what it refuses by itself stands at it (<see cref="RefusesAttribute"/>).
/// </summary>
internal static class OperationRefusals
{
    private static readonly ProblemType[] OfBodies =
    [
        ProblemType.MalformedBody, ProblemType.ValidationFailed, ProblemType.PayloadTooLarge, ProblemType.UnsupportedMediaType,
    ];

    /// <summary>It may be missing, and have any scope.</summary>
    private static readonly ProblemType[] OfAcceptedKeys =
    [
        .. CredentialRefusal.Types[CredentialRefusal.ApiKey].Except([ProblemType.MissingApiKey, ProblemType.InsufficientScope]),
    ];

    public static IEnumerable<ProblemType> Of(ApiDescription operation) =>
        OfCredentials(operation).Concat(OfInput(operation)).Concat(OfItself(operation)).Distinct();

    /// <summary>The schemes of all credentials that it demands.</summary>
    public static IReadOnlyList<string> DemandedSchemes(ApiDescription operation) =>
    [
        .. operation.ActionDescriptor.EndpointMetadata.OfType<AuthorizeAttribute>()
            .SelectMany(demand => demand.AuthenticationSchemes!.Split(',')),
    ];

    private static IEnumerable<ProblemType> OfCredentials(ApiDescription operation)
    {
        var metadata = operation.ActionDescriptor.EndpointMetadata;
        var schemes = DemandedSchemes(operation);
        if (metadata.OfType<AcceptApiKeyAttribute>().Any())
        {
            foreach (var type in OfAcceptedKeys) yield return type;
        }
        if (schemes.Contains(ApiKeyDefaults.AuthenticationScheme))
        {
            foreach (var type in CredentialRefusal.Types[CredentialRefusal.ApiKey]) yield return type;
        }
        if (!schemes.Contains(JwtBearerDefaults.AuthenticationScheme)) yield break;
        foreach (var type in CredentialRefusal.Types[CredentialRefusal.AccessToken])
        {
            if (type != ProblemType.Forbidden || metadata.OfType<RequireAdministratorAttribute>().Any()) yield return type;
        }
    }

    private static ProblemType[] OfInput(ApiDescription operation)
    {
        var sources = operation.ParameterDescriptions.Select(parameter => parameter.Source).ToList();
        if (sources.Contains(BindingSource.Body)) return OfBodies;
        return sources.Contains(BindingSource.Query) ? [ProblemType.ValidationFailed] : [];
    }

    private static IEnumerable<ProblemType> OfItself(ApiDescription operation)
    {
        foreach (var type in operation.ActionDescriptor.EndpointMetadata.OfType<RefusesAttribute>().SelectMany(it => it.Types)) yield return type;
        if (!operation.ActionDescriptor.EndpointMetadata.OfType<DisableRateLimitingAttribute>().Any()) yield return ProblemType.RateLimited;
        // Another method at the same path has no operation of its own to be told at.
        yield return ProblemType.MethodNotAllowed;
        yield return ProblemType.RequestTimeout;
        if (!Transport.IsExempt("/" + operation.RelativePath)) yield return ProblemType.HttpsRequired;
        yield return ProblemType.InternalError;
        // Each action asks a store, or what was revoked lately.
        if (operation.ActionDescriptor is ControllerActionDescriptor) yield return ProblemType.Unavailable;
    }
}
