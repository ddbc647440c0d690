using Bhiv.Infrastructure;

namespace Bhiv.Api.Health;

internal static class HealthExtensions
{
    /// <summary>What calls in flight have after the drain, before they are cut.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static void AddHealth(this IServiceCollection services, HealthOptions options)
    {
        services.AddSingleton(options);
        var checks = services.AddHealthChecks().AddCheck<SigningKeysHealth>("signing_keys");
        foreach (var check in InfrastructureExtensions.HealthChecks(timeout: TimeSpan.FromSeconds(1))) checks.Add(check);
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthMonitor>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDelay + ShutdownTimeout);
    }
}
