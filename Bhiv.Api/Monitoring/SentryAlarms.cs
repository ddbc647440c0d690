namespace Bhiv.Api.Monitoring;

/// <summary>
/// Tells Sentry of security events that look like an attack, from the log: they are told there at most once a minute, and so here.
/// Each is one issue for ever, whoever it is about.
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
        // By the names of EVENTS.md.
        if (eventId.Name is not ("RefreshTokenReused" or "RefreshTokenAhead")) return;
        SentrySdk.CaptureEvent(new SentryEvent
        {
            Message = formatter(state, exception),
            Level = SentryLevel.Warning,
            Fingerprint = [eventId.Name],
        });
    }

    public void Dispose()
    {
    }
}
