using System.Threading.Channels;
using Bhiv.Domain.Monitoring;
using Serilog.Core;
using Serilog.Events;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Takes lines off the calls that write them: whoever reads the log may stall, and then it is lines that are lost, and counted, and no
/// call waits.
/// </summary>
internal sealed class LogQueue : ILogEventSink, IDisposable
{
    /// <summary>In lines: a second of the worst flood, and some megabytes; 160 of them if each had the longest path that there may be.</summary>
    private const int Capacity = 10_000;

    /// <summary>How long a stop waits for the lines that are left.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<LogEvent> lines;
    private readonly Thread writer;

    public LogQueue(ILogEventSink sink, BhivMetrics metrics)
    {
        lines = Channel.CreateBounded<LogEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => metrics.LogLineDropped());
        // A thread of its own: one of the pool's would be missed where it stalls.
        writer = new Thread(() => Write(sink, metrics)) { IsBackground = true, Name = "log" };
        writer.Start();
    }

    public void Emit(LogEvent logEvent) => lines.Writer.TryWrite(logEvent);

    public void Dispose()
    {
        lines.Writer.TryComplete();
        writer.Join(Patience);
    }

    private void Write(ILogEventSink sink, BhivMetrics metrics)
    {
        while (lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (lines.Reader.TryRead(out var line))
            {
                try
                {
                    sink.Emit(line);
                }
                catch (Exception)
                {
                    // The disk of the log is full, or its terminal has gone: no reason for the service to end.
                    metrics.LogLineDropped();
                }
            }
        }
    }
}
