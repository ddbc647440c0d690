using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Throttling;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Throttling;

internal sealed class ThrottlePurge(
    IThrottleStore throttles,
    BhivMetrics metrics,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<ThrottlePurge> logger)
    : Purge("throttles", metrics, host, time, logger)
{
    protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) =>
        throttles.PurgeAsync(now, batch, cancellationToken);
}
