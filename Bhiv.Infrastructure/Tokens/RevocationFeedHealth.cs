using System.Globalization;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>What other processes revoked is known: without it access tokens are refused with 503.</summary>
internal sealed class RevocationFeedHealth(RevocationFeed feed, TokenOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"Last read {feed.Staleness.TotalSeconds:F1} s ago.");
        return Task.FromResult(
            feed.Staleness <= options.MaxStaleness ? HealthCheckResult.Healthy(said) : HealthCheckResult.Unhealthy(said));
    }
}
