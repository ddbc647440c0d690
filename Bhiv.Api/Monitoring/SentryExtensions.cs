using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bhiv.Api.Monitoring;

internal static partial class SentryExtensions
{
    /// <summary>
    /// What may leave of a request. The SDK hides <c>Authorization</c> and would send <c>X-API-Key</c>; a list of what is allowed
    /// needs no luck with the next header.
    /// </summary>
    private static readonly string[] AllowedHeaders = ["Content-Length", "Content-Type", "Host", "User-Agent"];

    /// <summary>Reports unexpected faults, when there is somewhere to report them to.</summary>
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
            // A caller's mistakes are answered and are nobody's fault here; a caller that hung up needs no answer.
            sentry.AddExceptionFilterForType<BadHttpRequestException>();
            sentry.AddExceptionFilterForType<OperationCanceledException>();
            sentry.SetBeforeSend((report, _) =>
            {
                Scrub(report.Request);
                Scrub(report);
                // The one that the caller was told.
                if (Activity.Current is { } activity) report.SetTag("trace_id", activity.TraceId.ToHexString());
                return report;
            });
            sentry.SetBeforeSendTransaction((transaction, _) =>
            {
                Scrub(transaction.Request);
                return transaction;
            });
        });
    }

    /// <summary>Whatever wrote it there: a token or a key is known by its shape.</summary>
    private static void Scrub(SentryEvent report)
    {
        if (report.Message is { } message)
        {
            message.Message = WithoutCredentials(message.Message);
            message.Formatted = WithoutCredentials(message.Formatted);
            message.Params = null;
        }
        foreach (var fault in report.SentryExceptions ?? []) fault.Value = WithoutCredentials(fault.Value);
        foreach (var (name, value) in report.Tags.ToList()) report.SetTag(name, WithoutCredentials(value)!);
        foreach (var (name, value) in report.Extra.ToList()) report.SetExtra(name, WithoutCredentials(value?.ToString()));
    }

    private static string? WithoutCredentials(string? text) => text is null ? null : Credential().Replace(text, "[credential]");

    [GeneratedRegex(@"eyJ[\w-]{4,}\.[\w-]+(\.[\w-]+)?|bhiv[-_][\w-]{8,}", RegexOptions.NonBacktracking)]
    private static partial Regex Credential();

    private static void Scrub(SentryRequest request)
    {
        request.QueryString = null;
        request.Cookies = null;
        request.Data = null;
        request.Env.Clear();
        foreach (var name in request.Headers.Keys.Except(AllowedHeaders, StringComparer.OrdinalIgnoreCase).ToList())
            request.Headers.Remove(name);
        if (request.Url is { } url) request.Url = url.Split('?', '#')[0];
    }
}
