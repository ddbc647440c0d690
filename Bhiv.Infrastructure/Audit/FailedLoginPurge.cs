using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginPurge(
    IFailedLoginStore failedLogins,
    BhivMetrics metrics,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<FailedLoginPurge> logger)
    : Purge("failed_logins", metrics, host, time, logger)
{
    protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) =>
        failedLogins.PurgeAsync(now, batch, cancellationToken);
}
