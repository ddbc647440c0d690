using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Monitoring;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Bhiv.Api.ApiKeys;

/// <summary>Knows the calling client by its <c>X-API-Key</c> header.</summary>
internal sealed class ApiKeyHandler(
    IApiKeys keys, BhivMetrics metrics, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private static readonly AuthenticateResult Doubled = AuthenticateResult.Fail(
        new CredentialRefusal(ProblemType.InvalidApiKey, "There is more than one X-API-Key header."));

    private static readonly AuthenticateResult Unknown = AuthenticateResult.Fail(
        new CredentialRefusal(ProblemType.InvalidApiKey, "No client has this API key."));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers[ApiKeyDefaults.HeaderName];
        if (header.Count > 1) return Doubled;
        var text = header.ToString();
        if (text.Length == 0 && KeyAsBearer() is { } bearer) text = bearer;
        if (text.Length == 0) return AuthenticateResult.NoResult();

        // Headers are decoded as Latin-1, so that these are the bytes that were sent.
        var presented = new PlainTextApiKey(Encoding.Latin1.GetBytes(text));
        if (keys.Find(presented) is not { } key) return Unknown;

        metrics.CredentialAccepted(CredentialRefusal.ApiKey, key.Client);
        var principal = new ClaimsPrincipal(new ApiKeyIdentity(key));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, CredentialExtensions.NoProperties, Scheme.Name));
    }

    private string? KeyAsBearer() =>
        Context.GetEndpoint()?.Metadata.GetMetadata<RequireApiKeyAttribute>() is { AlsoAsBearer: true }
        && Request.Headers.Authorization is [{ } header]
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim(' ')
            : null;
}
