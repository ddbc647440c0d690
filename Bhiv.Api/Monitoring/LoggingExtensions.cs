using System.Globalization;
using Bhiv.Api.Configuration;
using Bhiv.Api.Health;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Configuration;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace Bhiv.Api.Monitoring;

internal static class LoggingExtensions
{
    /// <summary>All logging is Serilog's: text for a person in Development, one JSON object a line elsewhere.</summary>
    public static void AddLogging(this WebApplicationBuilder builder, bool toStandardError)
    {
        // Behind the framework's own factory, which keeps its loggers: the authentication handlers ask for theirs at each request.
        // It lets everything through, and Serilog's levels decide. Not the static logger: two hosts in one process would share it.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSerilog(
            (services, logger) => Configure(logger, builder, services.GetRequiredService<BhivMetrics>(), toStandardError),
            preserveStaticLogger: true, writeToProviders: false);
        builder.Services.RemoveAll<ILoggerFactory>();
        builder.Services.AddSingleton<ILoggerFactory, LoggerFactory>();
        builder.Services.AddSingleton<ILoggerProvider>(services =>
            new SerilogLoggerProvider(services.GetRequiredService<Serilog.ILogger>(), dispose: false));
    }

    private static void Configure(LoggerConfiguration logger, WebApplicationBuilder builder, BhivMetrics metrics, bool toStandardError)
    {
        logger
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            // Told once, in a sentence, where the process ends; not a second time with a stack.
            .Filter.ByExcluding(entry => entry.Exception is StartRefusedException || Addresses.IsInUse(entry.Exception));
        var formatter = new SafeFormatter(builder.Environment.IsDevelopment()
            // j: strings as JSON literals, so that a line break in a path or a name begins no line of its own.
            ? new MessageTemplateTextFormatter(
                "{Timestamp:HH:mm:ss} {Level:u3} {TraceId} {Message:j}{NewLine}{Exception}", CultureInfo.InvariantCulture)
            : new RenderedCompactJsonFormatter());
        var console = LoggerSinkConfiguration.CreateSink(sink =>
            sink.Console(formatter, standardErrorFromLevel: toStandardError ? LevelAlias.Minimum : null));
        logger.WriteTo.Sink(new LogQueue(console, metrics));
    }

    /// <summary>One line for each request: method, path, status and time. Never the query string.</summary>
    public static void UseRequestLogging(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, fault) =>
            // Asked each second by machines, and what it found is logged by what it asked.
            context.Request.Path.StartsWithSegments(HealthEndpoints.Path) ? LogEventLevel.Debug
            : fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error : LogEventLevel.Information;
    });

    public static void WarnOfPublishedSecrets(this WebApplication app, Secrets secrets)
    {
        if (secrets.Published.Count > 0) app.Logger.PublishedSecretsFound(string.Join(", ", secrets.Published));
    }
}
