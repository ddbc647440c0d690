using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>Refreshes, each a write that is on the disk before it is answered.</summary>
internal static class Refresh
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        var side = await Side.StartedAsync(server, true, cancellationToken);
        var rounds = await Rounds.RunAsync(
            options, cancellationToken, (side, Scenario.RefreshByMany), (side, Scenario.RefreshByOne));
        return [.. Client.Figures(Scenario.RefreshByOne, rounds[1]), .. Client.Figures(Scenario.RefreshByMany, rounds[0])];
    }
}
