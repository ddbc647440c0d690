using System.Net;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Monitoring;
using Bhiv.Api.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Http;

internal static class CallerExtensions
{
    /// <summary>Who is calling, once the API key has been accepted.</summary>
    public static Caller Caller(this HttpContext context) =>
        new(context.Client()!.Value, context.Address(), context.UserAgent(), Problem.TraceId(context))
        {
            Key = context.User.Identity<ApiKeyIdentity>()!.Key.Id,
        };

    /// <summary>Who decides, once both credentials have been accepted.</summary>
    public static Author Author(this HttpContext context) =>
        new(context.AccessToken().Username, context.Caller(), context.AccessToken().AccountId, context.AccessToken().SessionId);

    /// <summary>Method and route of the call; nothing of the path that was sent.</summary>
    public static string CallName(this HttpContext context) =>
        $"{context.Request.Method} /{(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/')}";

    /// <summary>A refused key or token, for the log of failed logins.</summary>
    public static FailedLogin FailedCredential(
        this HttpContext context, FailedLoginReason reason, AccountId? account, DateTimeOffset now) =>
        FailedLogin.OfCredential(reason, account, context.Client(), context.Address(), now) with
        {
            UserAgent = context.UserAgent(),
            TraceId = Problem.TraceId(context),
        };

    /// <summary>The client whose API key was accepted, or null.</summary>
    public static ClientId? Client(this HttpContext context) => context.User.Identity<ApiKeyIdentity>()?.Key.ClientId;

    /// <summary>What the access token says, once it has been accepted.</summary>
    public static AccessTokenClaims AccessToken(this HttpContext context) => context.User.Identity<AccessTokenIdentity>()!.Token;

    /// <summary>Where the connection comes from; an IPv4 address is written as one whichever socket took it.</summary>
    public static string? Address(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? TextOf(address) : null;

    /// <summary>An address as rows and log lines have it.</summary>
    public static string TextOf(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>As it was sent, cut. It is stored, and a credential that somebody put into it is not.</summary>
    public static string? UserAgent(this HttpContext context)
    {
        var agent = CredentialShapes.Mask(context.Request.Headers.UserAgent.ToString());
        return agent.Length == 0 ? null : agent[..Math.Min(agent.Length, Domain.Tokens.Caller.MaximumUserAgentLength)];
    }
}
