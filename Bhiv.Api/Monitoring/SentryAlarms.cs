using Bhiv.Domain.Audit;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Tells Sentry of each <see cref="Alarm"/>, from the log: it is told there at most once a minute, and so here. Each is one issue
/// for ever, whoever it is about. A refused login by itself is a breadcrumb of its request.
/// </summary>
internal sealed class SentryAlarms : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "LoginRefused")
        {
            SentrySdk.AddBreadcrumb(formatter(state, exception), category: eventId.Name, level: BreadcrumbLevel.Warning);
        }
        else if (Enum.TryParse<Alarm>(eventId.Name, out var alarm))
        {
            SentrySdk.CaptureEvent(new SentryEvent
            {
                Message = formatter(state, exception),
                Level = SentryLevel.Warning,
                Fingerprint = [alarm.ToString()],
            });
        }
    }

    public void Dispose()
    {
    }
}
