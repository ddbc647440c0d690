using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

/// <summary>The state of the process.</summary>
/// <param name="Status" example="ready"><c>live</c> or <c>ready</c>; a process that is not ready answers 503.</param>
/// <param name="Checks">Each part, for an API key of scope <c>ops</c>.</param>
public sealed record HealthResponse(
    [property: AllowedValues(HealthEndpoints.Live, HealthEndpoints.Ready)] string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<HealthCheckResponse>? Checks = null);

/// <summary>One part.</summary>
/// <param name="Name" example="database">Which.</param>
/// <param name="Status" example="healthy"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Detail" example="The database does not answer.">What was found.</param>
public sealed record HealthCheckResponse(
    string Name,
    [property: AllowedValues(HealthCheckResponse.Healthy, HealthCheckResponse.Unhealthy)] string Status,
    string? Detail)
{
    internal const string Healthy = "healthy";
    internal const string Unhealthy = "unhealthy";

    internal static HealthCheckResponse Of(string name, HealthReportEntry entry) =>
        new(name, entry.Status == HealthStatus.Healthy ? Healthy : Unhealthy, entry.Exception?.Message ?? entry.Description);
}
