using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginPurge(
    IFailedLoginStore failedLogins, IHostApplicationLifetime host, TimeProvider time, ILogger<FailedLoginPurge> logger)
    : Purge("old failed logins", host, time, logger)
{
    protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) =>
        failedLogins.PurgeAsync(now, batch, cancellationToken);
}
