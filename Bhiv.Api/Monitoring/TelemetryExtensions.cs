using System.Diagnostics;
using System.Reflection;
using Bhiv.Api.Configuration;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Monitoring;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Ours (<see cref="BhivMetrics"/>) and the framework's, for Prometheus at <c>/metrics</c> and for OTLP where it is asked for.
/// </summary>
internal static class TelemetryExtensions
{
    public const string Path = "/metrics";

    /// <summary>Of the framework: what the server, its authentication, the runtime and the database library do.</summary>
    private static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization", "System.Runtime", "Microsoft.EntityFrameworkCore",
    ];

    /// <summary>As many as the framework's, of which the first is 5 ms: most of what these measure takes a fraction of that.</summary>
    private static readonly double[] FineBuckets =
        [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

    private static readonly string[] FineHistograms =
        ["http.server.request.duration", "aspnetcore.authentication.authenticate.duration"];

    public static void AddTelemetry(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<BhivMetrics>();
        // Spans are of use to a collector alone.
        if (settings.OtlpEnabled)
        {
            services.AddOpenTelemetry().ConfigureResource(NameService)
                .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", BhivTracing.SourceName).AddOtlpExporter());
            services.ConfigureOpenTelemetryTracerProvider(Sample);
            services.AddSingleton<DistributedContextPropagator, TraceIdPropagator>();
        }
        if (!settings.MetricsEnabled) return;
        services.AddOpenTelemetry().ConfigureResource(NameService).WithMetrics(metrics =>
        {
            metrics.AddMeter([BhivMetrics.MeterName, .. FrameworkMeters]);
            foreach (var histogram in FineHistograms)
                metrics.AddView(histogram, new ExplicitBucketHistogramConfiguration { Boundaries = FineBuckets });
            metrics.AddPrometheusExporter(prometheus =>
            {
                // Every series would carry the name of its meter.
                prometheus.ScopeInfoEnabled = false;
            });
            if (settings.OtlpEnabled) metrics.AddOtlpExporter();
        });
    }

    /// <summary>By default a caller decides with his <c>traceparent</c> whether his call is seen.</summary>
    private static void Sample(IServiceProvider services, TracerProviderBuilder traces)
    {
        if (string.IsNullOrWhiteSpace(services.GetRequiredService<IConfiguration>()["OTEL_TRACES_SAMPLER"]))
            traces.SetSampler(new AlwaysOnSampler());
    }

    /// <summary>The standard's own variables (<c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>) come last and win.</summary>
    private static void NameService(ResourceBuilder resource) => resource.AddService("bhiv").AddEnvironmentVariableDetector();

    public static void MapMetrics(this WebApplication app, Settings settings)
    {
        if (!settings.MetricsEnabled) return;
        app.MapPrometheusScrapingEndpoint(Path).WithMetadata(
            new HttpMethodMetadata([HttpMethods.Get]), new RequireApiKeyAttribute(Scopes.Ops) { AlsoAsBearer = true })
            .WithName("metrics").WithTags("Operations").WithMetadata(
                ((Action)Scrape).Method,
                new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/plain", "application/openmetrics-text"]),
                new TextExample("# TYPE bhiv_sessions_live gauge\nbhiv_sessions_live 42\n# EOF\n"));
    }

    /// <summary>Metrics</summary>
    /// <remarks>
    /// What the service counts and measures, for Prometheus: in its text format, or in OpenMetrics where `Accept` asks for it.
    /// </remarks>
    /// <response code="200">Each series with its value.</response>
    private static void Scrape()
    {
        // The exporter's endpoint has no method that the document could read this from.
    }

    /// <summary>From here on everything counts. Due before anything is served.</summary>
    public static void BeginMetrics(this IServiceProvider services)
    {
        // Who listens comes first: what was counted before is lost to them.
        _ = services.GetService<MeterProvider>();
        services.GetRequiredService<BhivMetrics>().Begin(
            typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            CredentialRefusal.Types.ToDictionary(it => it.Key, IReadOnlyList<string> (it) => [.. it.Value.Select(type => type.Code)]));
    }
}
