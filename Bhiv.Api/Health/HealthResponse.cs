using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

/// <summary>The state of the process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>; a process that is not ready answers 503.</param>
/// <param name="Checks">Each part, for an API key of scope <c>ops</c>.</param>
public sealed record HealthResponse(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<HealthCheckResponse>? Checks = null);

/// <summary>One part.</summary>
/// <param name="Name">Which.</param>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Detail">What was found.</param>
public sealed record HealthCheckResponse(string Name, string Status, string? Detail)
{
    internal const string Healthy = "healthy";

    internal static HealthCheckResponse Of(string name, HealthReportEntry entry) =>
        new(name, entry.Status == HealthStatus.Healthy ? Healthy : "unhealthy", entry.Exception?.Message ?? entry.Description);
}
