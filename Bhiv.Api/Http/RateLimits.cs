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
    public static void AddRateLimits(this IServiceCollection services, RateLimitOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RateLimitRefusal>();
        services.AddSingleton(Count);
    }

    /// <summary>
    /// Not by the framework's middleware: it makes a limiter of its own beside this one, for policies that there are none of here, and the timer
    /// of that keeps the whole host alive when it has ended.
    /// </summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var counted = app.Services.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        var refusal = app.Services.GetRequiredService<RateLimitRefusal>();
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null) return next(context);
            // Of a window nothing is given back when the request is over.
            var lease = counted.AttemptAcquire(context);
            return lease.IsAcquired ? next(context) : refusal.WriteAsync(context, lease);
        });
    }

    /// <summary>The container's, which ends it: the timer of one that nobody ends keeps all that it knows.</summary>
    private static PartitionedRateLimiter<HttpContext> Count(IServiceProvider services)
    {
        var (keys, http, time, limits) = (
            services.GetRequiredService<IApiKeys>(), services.GetRequiredService<HttpOptions>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<RateLimitOptions>());
        // One window and not a sliding one: of the framework's limiters it is the one that tells the truth of when to come back.
        var window = new FixedWindowRateLimiterOptions { PermitLimit = limits.RequestsPerMinute, Window = limits.Window };
        return PartitionedRateLimiter.Create<HttpContext, RateLimitedCaller>(context =>
            RateLimitedCaller.Of(context, keys, http, time.Now()) is var caller && caller == RateLimitedCaller.Uncounted
                ? RateLimitPartition.GetNoLimiter(caller)
                : RateLimitPartition.GetFixedWindowLimiter(caller, _ => window));
    }
}

/// <summary>Answers a request that is one too many.</summary>
internal sealed class RateLimitRefusal(
    IApiKeys keys, HttpOptions http, BhivMetrics metrics, TimeProvider time, ILogger<RateLimitRefusal> logger)
{
    /// <summary>The framework looks ten times a second which windows are over: who came back at the very end of one would come too early.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(500);

    private readonly Silence<RateLimitedCaller> silence = new(time);

    public async Task WriteAsync(HttpContext context, RateLimitLease lease)
    {
        Tell(context);
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        await new Problem(ProblemType.RateLimited) { RetryAfter = wait + Lateness }.WriteAsync(context);
    }

    private void Tell(HttpContext context)
    {
        var caller = RateLimitedCaller.Of(context, keys, http, time.Now());
        metrics.RateLimited(isClient: caller.Key is not null);
        // Of all networks without a good key one is named in a minute, the busiest most likely: there may be any number of them.
        if (silence.IsOver(caller with { Network = 0 }))
            logger.RateLimited(caller.Key is null ? null : keys.Find(context.ApiKey()!)?.Key.ClientId.Value, caller.Key?.Value, context.Address());
    }
}
