using Bhiv.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// The database can be read, and has the schema that this build was made for or a newer one. Any thread may ask; whoever waits no
/// longer is let go, and what he asked goes on: SQLite is synchronous and heeds no token.
/// </summary>
internal sealed class DatabaseHealth(BhivDatabase database) : IHealthCheck
{
    private readonly Lock gate = new();
    private Task<HealthCheckResult>? judging;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Judging().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("It has not answered in time.");
        }
    }

    private Task<HealthCheckResult> Judging()
    {
        lock (gate)
        {
            // None beside one that is stuck: each would hold a thread.
            if (judging is null or { IsCompleted: true }) judging = Task.Run(JudgeAsync, CancellationToken.None);
            return judging;
        }
    }

    private async Task<HealthCheckResult> JudgeAsync()
    {
        try
        {
            var missing = await database.ReadAsync(
                async (its, token) => await its.Database.GetPendingMigrationsAsync(token), CancellationToken.None);
            return missing.Any() ? HealthCheckResult.Unhealthy("The schema is older than this build.") : HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException fault)
        {
            // Not thrown: nobody may be waiting any more, and it would be reported as a fault that nobody expected.
            return HealthCheckResult.Unhealthy(exception: fault);
        }
    }
}
