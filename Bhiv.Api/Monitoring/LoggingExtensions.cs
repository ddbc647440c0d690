using System.Globalization;
using Bhiv.Api.Configuration;
using Bhiv.Api.Health;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
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
        // The container's, which ends it: whoever holds a logger here ends none.
        builder.Services.AddSingleton(services =>
            new LogQueue(CreateConsole(builder.Environment, toStandardError), services.GetRequiredService<BhivMetrics>()));
        builder.Services.AddSerilog(
            (services, logger) => Configure(logger, builder.Configuration, services.GetRequiredService<LogQueue>()),
            preserveStaticLogger: true, writeToProviders: false);
        builder.Services.RemoveAll<ILoggerFactory>();
        builder.Services.AddSingleton<ILoggerFactory, LoggerFactory>();
        builder.Services.AddSingleton<ILoggerProvider>(services =>
            new SerilogLoggerProvider(services.GetRequiredService<Serilog.ILogger>(), dispose: false));
    }

    private static void Configure(LoggerConfiguration logger, IConfiguration configuration, LogQueue queue) => logger
        .ReadFrom.Configuration(configuration)
        .Enrich.FromLogContext()
        // Told once, in a sentence, where the process ends; not a second time with a stack.
        .Filter.ByExcluding(entry => entry.Exception is StartRefusedException || Addresses.IsInUse(entry.Exception))
        .WriteTo.Sink(queue);

    private static ILogEventSink CreateConsole(IHostEnvironment environment, bool toStandardError)
    {
        var formatter = new SafeFormatter(environment.IsDevelopment()
            // j: strings as JSON literals, so that a line break in a path or a name begins no line of its own.
            ? new MessageTemplateTextFormatter(
                "{Timestamp:HH:mm:ss} {Level:u3} {TraceId} {Message:j}{NewLine}{Exception}", CultureInfo.InvariantCulture)
            : new RenderedCompactJsonFormatter());
        return LoggerSinkConfiguration.CreateSink(sink =>
            sink.Console(formatter, standardErrorFromLevel: toStandardError ? LevelAlias.Minimum : null));
    }

    /// <summary>One line for each request: method, path, status and time. Never the query string.</summary>
    public static void UseRequestLogging(this WebApplication app, HttpOptions http) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, fault) =>
            // Asked each second by machines, and what it found is logged by what it asked.
            context.Request.Path.StartsWithSegments(HealthEndpoints.Path) ? LogEventLevel.Debug
            // A flood is told once a minute and counted, and not by a line for each.
            : context.Response.StatusCode == StatusCodes.Status429TooManyRequests ? LogEventLevel.Debug
            : Transport.IsTooPlain(context, http) ? LogEventLevel.Debug
            // Nothing but a preflight is answered so, which is not counted: see CrossOrigin.
            : HttpMethods.IsOptions(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status204NoContent ? LogEventLevel.Debug
            : fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error : LogEventLevel.Information;
    });

    public static void WarnOfPublishedSecrets(this WebApplication app, Secrets secrets)
    {
        if (secrets.Published.Count > 0) app.Logger.PublishedSecretsFound(string.Join(", ", secrets.Published));
    }
}
