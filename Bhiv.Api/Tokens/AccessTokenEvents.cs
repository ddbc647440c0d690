using System.Diagnostics;
using System.Security.Claims;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Bhiv.Api.Tokens;

/// <summary>
/// Knows the calling person by the access token of the <c>Authorization</c> header. It answers for the JwtBearer scheme as soon
/// as a message is received, from the one validator there is: the scheme's own reading of tokens never runs.
/// </summary>
internal sealed class AccessTokenEvents(IAccessTokens accessTokens, IRevocations revocations, BhivMetrics metrics, TimeProvider time)
    : JwtBearerEvents
{
    private const string Prefix = "Bearer ";

    public override Task MessageReceived(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 1) context.Fail(Invalid("There is more than one Authorization header."));
        else if (!header.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) context.NoResult();
        else return JudgeAsync(context, header.ToString());
        return Task.CompletedTask;
    }

    private async Task JudgeAsync(MessageReceivedContext context, string header)
    {
        switch (accessTokens.Validate(header.AsSpan(Prefix.Length).Trim(' '), time.Now()))
        {
            case TokenReading<AccessTokenClaims>.Valid(var claims):
                if (await FindRevocationAsync(claims, context.HttpContext.RequestAborted) is { } refusal) context.Fail(refusal);
                else Accept(context, claims);
                break;
            case TokenReading<AccessTokenClaims>.Refused(var fault):
                context.Fail(RefusalOf(fault));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<CredentialRefusal?> FindRevocationAsync(AccessTokenClaims claims, CancellationToken cancellationToken)
    {
        try
        {
            return await revocations.IsRevokedAsync(claims, cancellationToken)
                ? new CredentialRefusal(ProblemType.RevokedToken, account: claims.AccountId)
                : null;
        }
        catch (StoreUnavailableException)
        {
            return new CredentialRefusal(ProblemType.Unavailable, "What was revoked lately is not known.");
        }
    }

    private void Accept(MessageReceivedContext context, AccessTokenClaims claims)
    {
        metrics.CredentialAccepted(CredentialRefusal.AccessToken, claims.ClientId);
        context.Principal = new ClaimsPrincipal(new AccessTokenIdentity(claims));
        context.Properties = CredentialExtensions.NoProperties;
        context.Success();
    }

    private static CredentialRefusal RefusalOf(TokenFault fault) => fault switch
    {
        TokenFault.Expired => new CredentialRefusal(ProblemType.ExpiredToken),
        TokenFault.Malformed => Invalid("It is not an access token of this service."),
        TokenFault.BadSignature or TokenFault.Forged => Invalid("Its signature is not by a signing key of this service."),
        TokenFault.WrongType => Invalid("It is not an access token; a refresh token is good for a refresh alone."),
        TokenFault.WrongIssuer => Invalid("It was issued by or for another service."),
        TokenFault.NotYetValid => Invalid("It says that it was issued in the future; compare the clocks."),
        TokenFault.LifetimeTooLong => Invalid("It is valid for longer than this service allows."),
        _ => throw new UnreachableException(),
    };

    private static CredentialRefusal Invalid(string detail) => new(ProblemType.InvalidToken, detail);
}
