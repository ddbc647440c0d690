using System.Diagnostics;

namespace Bhiv.Benchmark.Driving;

/// <summary>One round of load and what it took.</summary>
/// <param name="CpuTime">Of the server; null when it is not ours.</param>
/// <param name="Allocated">By the server, in bytes; null when it cannot be asked.</param>
/// <param name="Latencies">In order.</param>
internal sealed record Round(TimeSpan Elapsed, TimeSpan? CpuTime, double? Allocated, IReadOnlyList<TimeSpan> Latencies)
{
    public double RequestsPerSecond => Latencies.Count / Elapsed.TotalSeconds;

    public double CpuMicroseconds => CpuTime!.Value.TotalMicroseconds / Latencies.Count;

    public double AllocatedKibibytes => Allocated!.Value / Latencies.Count / 1024;

    public double Milliseconds(double quantile) => Latencies[(int)(quantile * (Latencies.Count - 1))].TotalMilliseconds;

    /// <summary>Closed loop: each connection has one call under way, and the next follows the answer.</summary>
    public static async Task<Round> RunAsync(Side side, Scenario scenario, TimeSpan time, CancellationToken cancellationToken)
    {
        var conversations = await scenario.Prepare(side.Target, cancellationToken);
        var connections = new List<Connection>();
        try
        {
            for (var at = 0; at < conversations.Count; at++)
                connections.Add(await Connection.OpenAsync(side.Target.Address, cancellationToken, scenario.Source?.Invoke(at)));
            var allocated = await side.AllocatedAsync(cancellationToken);
            var cpuTime = await side.CpuTimeAsync(cancellationToken);
            var started = Stopwatch.GetTimestamp();
            var latencies = await Task.WhenAll(conversations.Zip(connections, (conversation, connection) => Task.Run(
                () => LoopAsync(conversation, connection, scenario.Pause, started, time, cancellationToken), cancellationToken)));
            var elapsed = Stopwatch.GetElapsedTime(started);
            // Asked first, so that the server ends what it still does for answers that are here already.
            allocated = await side.AllocatedAsync(cancellationToken) - allocated;
            return new Round(
                elapsed,
                await side.CpuTimeAsync(cancellationToken) - cpuTime,
                allocated,
                [.. latencies.SelectMany(it => it).Order()]);
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private static async Task<List<TimeSpan>> LoopAsync(
        Conversation conversation, Connection connection, TimeSpan pause, long started, TimeSpan time, CancellationToken cancellationToken)
    {
        var latencies = new List<TimeSpan>();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var request = conversation.Next();
            var sent = Stopwatch.GetTimestamp();
            var body = await connection.AskAsync(request, cancellationToken);
            latencies.Add(Stopwatch.GetElapsedTime(sent));
            conversation.Hear(body.Span);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, cancellationToken);
        }
        return latencies;
    }
}
