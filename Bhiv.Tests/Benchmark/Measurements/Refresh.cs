using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Refreshes, each a write that is on the disk before it is answered, beside the bare UPDATE that each of them is: on the same
/// file, in the same process, on the same core.
/// </summary>
internal static class Refresh
{
    private static readonly Goal Share = new(AtMost: false, 0.5);
    private static readonly Goal NobodyWaitsForALock = new(AtMost: true, 5);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        var side = await Side.StartedAsync(server, true, cancellationToken);
        foreach (var scenario in new[] { Scenario.RefreshByMany, Scenario.RefreshByOne })
        {
            await Console.Error.WriteLineAsync($"Warming up: {scenario.Name} …");
            await Round.RunAsync(side, scenario, options.WarmUp, cancellationToken);
        }
        await server.RateAsync(ServerMode.Update, options.Round, cancellationToken);
        var rounds = new List<(Round One, Round Many, double Updates)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: refresh …");
            rounds.Add((
                await Round.RunAsync(side, Scenario.RefreshByOne, options.Round, cancellationToken),
                await Round.RunAsync(side, Scenario.RefreshByMany, options.Round, cancellationToken),
                await server.RateAsync(ServerMode.Update, options.Round, cancellationToken)));
        }
        return Figures(rounds);
    }

    private static List<Figure> Figures(IReadOnlyList<(Round One, Round Many, double Updates)> rounds) =>
    [
        .. Client.Figures(Scenario.RefreshByOne, [.. rounds.Select(it => it.One)]),
        new("refresh, 1 connection: CPU of a request", "us", [.. rounds.Select(it => it.One.CpuMicroseconds)]),
        new("UPDATE, bare", "1/s", [.. rounds.Select(it => it.Updates)]),
        new("refresh, 1 connection / bare UPDATE", "ratio", [.. rounds.Select(it => it.One.RequestsPerSecond / it.Updates)], Share),
        .. Client.Figures(Scenario.RefreshByMany, [.. rounds.Select(it => it.Many)]),
        new("refresh, 32 connections: p99 / p50", "ratio",
            [.. rounds.Select(it => it.Many.Milliseconds(0.99) / it.Many.Milliseconds(0.50))], NobodyWaitsForALock),
    ];
}
