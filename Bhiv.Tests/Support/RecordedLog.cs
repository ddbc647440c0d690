using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Support;

/// <summary>A log that a test reads: each event by its name and its sentence.</summary>
internal sealed class RecordedLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary><c>NameOfTheEvent: its sentence</c>.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            UsedSecrets.AssertNoneIn(string.Join('\n', lines), $"the log of {typeof(T).Name}");
            return [.. lines];
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{eventId.Name}: {formatter(state, exception)}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        null;
}
