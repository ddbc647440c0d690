using Bhiv.Api.ApiKeys;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.Http;

/// <summary>
/// Who has one budget of requests: a good API key from one network, or all that comes from one network without a good key. A key that is
/// unknown, doubled, expired or revoked proves nothing: whoever sends another each time, or has many that were taken back, has one budget.
/// </summary>
/// <param name="Key">Null without a good one.</param>
/// <param name="Network">
/// A place among <see cref="Networks"/>, which the network falls on by a hash that nobody outside knows: an IPv6 prefix holds more
/// networks than memory. Two that fall on one place share a budget, which one in 65,536 pairs do.
/// </param>
internal readonly record struct RateLimitedCaller(ApiKeyId? Key, int Network)
{
    public const int Networks = 1 << 16;

    /// <summary>Of requests that are not counted.</summary>
    public static readonly RateLimitedCaller Uncounted = new(null, -1);

    public static RateLimitedCaller Of(HttpContext context, IApiKeys keys, HttpOptions http, DateTimeOffset now)
    {
        // A key that came in plain text may be anybody's by now: it takes nothing of its owner's budget.
        if (Transport.IsTooPlain(context, http)) return new RateLimitedCaller(null, PlaceOf(context));
        var presented = context.ApiKey();
        var known = presented is null ? null : keys.Find(presented);
        var key = known?.Judge(now) == ApiKeyState.Good ? known.Key.Id : (ApiKeyId?)null;
        // Open to all, and asked by machines: it is counted only where a key is guessed.
        if (context.GetEndpoint()?.Metadata.GetMetadata<AcceptApiKeyAttribute>() is not null
            && (key is not null || !context.Request.Headers.ContainsKey(ApiKeyDefaults.HeaderName)))
            return Uncounted;
        return new RateLimitedCaller(key, PlaceOf(context));
    }

    private static int PlaceOf(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? HashCode.Combine(Domain.Network.NumberOf(address)) & (Networks - 1)
        : 0;
}
