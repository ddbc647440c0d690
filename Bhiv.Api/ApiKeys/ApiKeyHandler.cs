using System.Diagnostics;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Bhiv.Api.ApiKeys;

/// <summary>Knows the calling client by its <c>X-API-Key</c> header.</summary>
internal sealed class ApiKeyHandler(
    IApiKeys keys,
    IRevocations revocations,
    BhivMetrics metrics,
    TimeProvider time,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private static readonly AuthenticateResult Doubled = Refused(
        ProblemType.InvalidApiKey, "There is more than one X-API-Key header.");

    private static readonly AuthenticateResult Unknown = Refused(ProblemType.InvalidApiKey, "No client has this API key.");

    private static readonly AuthenticateResult Mistyped = Refused(
        ProblemType.InvalidApiKey, "Its checksum does not match: it was mistyped, cut off or changed to another case.");

    private static readonly AuthenticateResult Expired = Refused(ProblemType.ExpiredApiKey);

    private static readonly AuthenticateResult Revoked = Refused(ProblemType.RevokedApiKey);

    private static readonly AuthenticateResult ClientDisabled = Refused(
        ProblemType.RevokedApiKey, "The client that it belongs to is disabled.");

    private static readonly AuthenticateResult Unknowable = Refused(ProblemType.Unavailable, "Which keys were revoked lately is not known.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var caughtUp = IsForOperators() ? default : revocations.CatchUpAsync(Context.RequestAborted);
        return caughtUp.IsCompletedSuccessfully ? Task.FromResult(Authenticate()) : AuthenticateAsync(caughtUp);
    }

    private async Task<AuthenticateResult> AuthenticateAsync(ValueTask caughtUp)
    {
        try
        {
            await caughtUp;
            return Authenticate();
        }
        catch (StoreUnavailableException)
        {
            return Unknowable;
        }
    }

    private AuthenticateResult Authenticate()
    {
        if (Request.Headers[ApiKeyDefaults.HeaderName].Count > 1) return Doubled;
        if (Context.ApiKey() is not { } presented) return AuthenticateResult.NoResult();

        if (keys.Find(presented) is not { } known) return presented.IsMistyped ? Mistyped : Unknown;
        var now = time.Now();
        return known.Judge(now) switch
        {
            ApiKeyState.Good => Accept(known, now),
            ApiKeyState.Expired => Expired,
            ApiKeyState.Revoked => Revoked,
            ApiKeyState.ClientDisabled => ClientDisabled,
            _ => throw new UnreachableException(),
        };
    }

    private AuthenticateResult Accept(KnownApiKey known, DateTimeOffset now)
    {
        var key = known.Key;
        metrics.CredentialAccepted(CredentialRefusal.ApiKey, key.ClientId);
        if (keys.IsUseNews(key.Id, now)) keys.MarkUsed(new ApiKeyUse(key.Id, now, Context.Address(), Context.UserAgent()));
        // So that the client's owner hears of it, who sees nothing else of this service.
        if (known.RotateBy - now <= SecretAge.Notice) Response.Headers[ApiKeyDefaults.RotateByHeader] = known.RotateBy.ToText();
        var principal = new ClaimsPrincipal(new ApiKeyIdentity(key));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, CredentialExtensions.NoProperties, Scheme.Name));
    }

    /// <summary>What tells of an outage is asked in one, and by nobody else's right: health and metrics.</summary>
    private bool IsForOperators() => Context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<RequireApiKeyAttribute>() is { Scope: Scopes.Ops } || metadata.GetMetadata<AcceptApiKeyAttribute>() is not null);

    private static AuthenticateResult Refused(ProblemType type, string? detail = null) =>
        AuthenticateResult.Fail(new CredentialRefusal(type, detail));
}
