using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Infrastructure.Database;

/// <summary>The database answers, and has the schema that this build was made for or a newer one.</summary>
internal sealed class DatabaseHealth(BhivDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var missing = await database.ReadAsync(
            async (its, token) => await its.Database.GetPendingMigrationsAsync(token), cancellationToken);
        return missing.Any() ? HealthCheckResult.Unhealthy("The schema is older than this build.") : HealthCheckResult.Healthy();
    }
}
