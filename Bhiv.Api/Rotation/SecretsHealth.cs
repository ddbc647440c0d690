using System.Globalization;
using Bhiv.Domain;
using Bhiv.Domain.Rotation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Rotation;

/// <summary>Tells how old each secret is. It is healthy whatever it tells: nobody is locked out because somebody is late.</summary>
internal sealed class SecretsHealth(RotationWatch watch, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.Now();
        return Task.FromResult(HealthCheckResult.Healthy(string.Join(' ', watch.Secrets.Select(secret => Describe(secret, now)))));
    }

    private static string Describe(SecretAge secret, DateTimeOffset now)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{secret.Name} {secret.Id}: {(int)secret.Age(now).TotalDays} days old");
        return secret.Left(now) switch
        {
            null => $"{what}, replaced.",
            var left when left <= TimeSpan.Zero => string.Create(CultureInfo.InvariantCulture, $"{what}, overdue for {(int)-left.Value.TotalDays} days."),
            var left => string.Create(CultureInfo.InvariantCulture, $"{what}, {(int)left.Value.TotalDays} days left."),
        };
    }
}
