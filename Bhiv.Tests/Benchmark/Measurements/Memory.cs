using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>Resident memory: five seconds after the start, and the most of it under the load of generate.</summary>
internal static class Memory
{
    private static readonly Goal Mebibytes = new(AtMost: true, 150);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string product, Options options, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Memory …");
        var (idle, loaded) = await TakeAsync(product, options, cancellationToken);
        return [new("resident memory, idle", "MiB", [idle], Mebibytes), new("resident memory, under load", "MiB", [loaded])];
    }

    public static async Task<(double Idle, double Loaded)> TakeAsync(
        string product, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(product, []);
        var side = await Side.StartedAsync(server, false, cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        var idle = server.ResidentMebibytes;

        var load = Round.RunAsync(side, Scenario.Generate, options.WarmUp + options.Round, cancellationToken);
        var most = idle;
        while (!load.IsCompleted)
        {
            most = Math.Max(most, server.ResidentMebibytes);
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
        await load;
        return (idle, most);
    }
}
