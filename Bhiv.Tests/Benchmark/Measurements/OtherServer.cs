using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;

namespace Bhiv.Benchmark.Measurements;

/// <summary>A server that somebody else runs: nothing is known of it but its answers.</summary>
internal static class OtherServer
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Options options, CancellationToken cancellationToken)
    {
        var side = new Side(new Target(options.Url!, options.ApiKey!, options.Username!, options.Password!));
        var figures = new List<Figure>();
        foreach (var scenario in Scenario.All.Where(scenario => options.Wants(scenario.Measurement)))
        {
            var rounds = await Rounds.RunAsync(options, cancellationToken, (side, scenario));
            figures.AddRange(Client.Figures(scenario, rounds[0]));
        }
        return figures.Count > 0 ? figures : throw new BenchmarkException("That cannot be measured from outside.");
    }
}
