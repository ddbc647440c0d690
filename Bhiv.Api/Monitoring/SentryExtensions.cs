using System.Diagnostics;
using System.IO.Compression;

namespace Bhiv.Api.Monitoring;

internal static class SentryExtensions
{
    /// <summary>
    /// What may leave of a request's headers. The SDK hides <c>Authorization</c> and would send <c>X-API-Key</c>; a list of what is
    /// allowed needs no luck with the next header.
    /// </summary>
    private static readonly string[] AllowedHeaders = ["Content-Length", "Content-Type", "Host", "User-Agent"];

    /// <summary>Reports unexpected faults and alarms, when there is somewhere to report them to.</summary>
    public static void AddSentry(this WebApplicationBuilder builder, string? dsn)
    {
        // Without a DSN the SDK is left out altogether; asked to start without one, it throws.
        if (dsn is null) return;
        builder.Logging.Services.AddSingleton<ILoggerProvider, SentryAlarms>();
        builder.WebHost.UseSentry(sentry =>
        {
            sentry.Dsn = dsn;
            sentry.SendDefaultPii = false;
            sentry.MaxRequestBodySize = Sentry.Extensibility.RequestSize.None;
            sentry.AutoSessionTracking = false;
            // It hears of a fault from the server itself; from the log it would hear of the same one again.
            sentry.MinimumEventLevel = LogLevel.None;
            sentry.MinimumBreadcrumbLevel = LogLevel.None;
            // A caller's mistakes are answered and are nobody's fault here. (A call that was hung up is no fault to the server.)
            sentry.AddExceptionFilterForType<BadHttpRequestException>();
            sentry.SetBeforeSend((report, _) =>
            {
                report.Request = Allowed(report.Request);
                // The one that the caller was told.
                if (Activity.Current is { } activity) report.SetTag("trace_id", activity.TraceId.ToHexString());
                return report;
            });
            sentry.SetBeforeSendTransaction((transaction, _) =>
            {
                transaction.Request = Allowed(transaction.Request);
                return transaction;
            });
            sentry.CreateHttpMessageHandler = () => new CredentialMask();
            // What is masked must be readable.
            sentry.RequestBodyCompressionLevel = CompressionLevel.NoCompression;
        });
    }

    /// <summary>A request made anew of what is allowed: what the SDK may add to it some day is not in it.</summary>
    private static SentryRequest Allowed(SentryRequest request)
    {
        var allowed = new SentryRequest { Method = request.Method, Url = request.Url?.Split('?', '#')[0] };
        foreach (var name in AllowedHeaders)
        {
            if (request.Headers.TryGetValue(name, out var value)) allowed.Headers[name] = value;
        }
        return allowed;
    }
}
