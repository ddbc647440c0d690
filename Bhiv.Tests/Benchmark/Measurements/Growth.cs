using System.Globalization;
using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>Refreshes beside few sessions and beside many. The servers live throughout, and one at a time is loaded.</summary>
internal static class Growth
{
    private static readonly int[] Sessions = [1_000, 100_000, 1_000_000];

    private static readonly Goal AsWithFew = new(AtMost: false, 1 / 1.1);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        var servers = new List<ServerProcess>();
        try
        {
            var sides = new List<(Side, Scenario)>();
            foreach (var count in Sessions)
            {
                servers.Add(ServerProcess.Start(serverMode, [ServerMode.Verb]));
                var side = await Side.StartedAsync(servers[^1], true, cancellationToken);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Making {count:N0} sessions …"));
                await servers[^1].AddAsync(ServerMode.AddSessions, count, cancellationToken);
                sides.Add((side, Scenario.RefreshByOne with
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"refresh beside {count:N0} sessions"),
                }));
            }
            var rounds = await Rounds.RunAsync(options, cancellationToken, sides);
            return [.. sides.Zip(rounds).SelectMany(it => Figures(it.First.Item2.Name, it.Second, rounds[0]))];
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    private static IEnumerable<Figure> Figures(string name, IReadOnlyList<Round> rounds, IReadOnlyList<Round> few)
    {
        yield return new($"{name}: requests", "1/s", [.. rounds.Select(round => round.RequestsPerSecond)]);
        if (rounds != few)
            yield return new($"{name} / beside {Sessions[0].ToString("N0", CultureInfo.InvariantCulture)}", "ratio",
                [.. rounds.Zip(few, (round, first) => round.RequestsPerSecond / first.RequestsPerSecond)], AsWithFew);
    }
}
