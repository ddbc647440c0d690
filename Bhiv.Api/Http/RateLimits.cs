using System.Threading.RateLimiting;
using Bhiv.Api.ApiKeys;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Monitoring;
using Microsoft.AspNetCore.RateLimiting;

namespace Bhiv.Api.Http;

/// <summary>How many requests a caller may make, counted in front of authentication: see <see cref="RateLimitedCaller"/>.</summary>
internal static class RateLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services, RateLimitOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RateLimitRefusal>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IApiKeys, RateLimitOptions, RateLimitRefusal, TimeProvider>((limiter, keys, limits, refusal, time) =>
        {
            // One window and not a sliding one: of the framework's limiters it is the one that tells the truth of when to come back.
            var window = new FixedWindowRateLimiterOptions { PermitLimit = limits.RequestsPerMinute, Window = Window };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, RateLimitedCaller>(context =>
                RateLimitPartition.GetFixedWindowLimiter(RateLimitedCaller.Of(context, keys, time.Now()), _ => window));
            limiter.OnRejected = (rejected, _) => new(refusal.WriteAsync(rejected.HttpContext, rejected.Lease));
        });
    }
}

/// <summary>Answers a request that is one too many.</summary>
internal sealed class RateLimitRefusal(
    IApiKeys keys, BhivMetrics metrics, TimeProvider time, ILogger<RateLimitRefusal> logger)
{
    private readonly Silence<RateLimitedCaller> silence = new(time);

    public async Task WriteAsync(HttpContext context, RateLimitLease lease)
    {
        Tell(context);
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        await new Problem(ProblemType.RateLimited) { RetryAfter = wait }.WriteAsync(context);
    }

    private void Tell(HttpContext context)
    {
        var caller = RateLimitedCaller.Of(context, keys, time.Now());
        metrics.RateLimited(isClient: caller.Key is not null);
        // Of all networks without a good key one is named in a minute, the busiest most likely: there may be any number of them.
        if (silence.IsOver(caller with { Network = 0 }))
            logger.RateLimited(caller.Key is null ? null : keys.Find(context.ApiKey()!)?.Key.ClientId.Value, caller.Key?.Value, context.Address());
    }
}
