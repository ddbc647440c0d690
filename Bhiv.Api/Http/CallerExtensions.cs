using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Http;

internal static class CallerExtensions
{
    /// <summary>Who is calling, once the API key has been accepted.</summary>
    public static Caller Caller(this HttpContext context)
    {
        var client = context.User.OfScheme(ApiKeyDefaults.AuthenticationScheme)!.FindFirst(ClaimNames.ClientId)!.Value;
        var address = context.Connection.RemoteIpAddress;
        var agent = context.Request.Headers.UserAgent.ToString();
        return new Caller(
            new ClientId(client),
            (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
            agent.Length == 0 ? null : agent[..Math.Min(agent.Length, Domain.Tokens.Caller.MaximumUserAgentLength)],
            Problem.TraceId(context));
    }
}
