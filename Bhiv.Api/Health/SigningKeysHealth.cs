using Bhiv.Domain.SigningKeys;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

/// <summary>The active key signs, and the ring verifies what it signed.</summary>
internal sealed class SigningKeysHealth(SigningKeyRing ring) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var signature = new byte[SigningKey.Size];
        ring.Active.Sign("bhiv health"u8, signature);
        return Task.FromResult(ring.Keys.Any(key => key.Verifies("bhiv health"u8, signature))
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The ring does not verify what its active key signs."));
    }
}
