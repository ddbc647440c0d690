using Bhiv.Api.Configuration;
using Bhiv.Api.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Bhiv.Benchmark.Serving;

/// <summary>
/// The product's own listener to metrics, there or absent while the same servers go on: it hears the whole process, whichever
/// server it was registered with.
/// </summary>
internal sealed class MetricsListener(Settings settings) : IDisposable
{
    private ServiceProvider? listening;

    /// <summary>False when it was so already.</summary>
    public bool Turn(bool on)
    {
        if (on == listening is not null) return false;
        Dispose();
        listening = on ? Begin() : null;
        // What it leaves is paid for here, and by nobody who is measured next.
        GC.Collect();
        return true;
    }

    public void Dispose() => listening?.Dispose();

    private ServiceProvider Begin()
    {
        var services = new ServiceCollection();
        services.AddTelemetry(settings with { MetricsEnabled = true });
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<MeterProvider>();
        return provider;
    }
}
