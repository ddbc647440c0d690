using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

internal static class HealthExtensions
{
    /// <summary>What calls in flight have after the drain, before they are cut.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <param name="others">What other layers judge of themselves.</param>
    public static void AddHealth(
        this IServiceCollection services, HealthOptions options, IEnumerable<HealthCheckRegistration> others)
    {
        services.AddSingleton(options);
        var checks = services.AddHealthChecks().AddCheck<SigningKeysHealth>("signing_keys");
        foreach (var check in others) checks.Add(check);
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthMonitor>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDelay + ShutdownTimeout);
    }
}
