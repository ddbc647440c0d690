using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;

namespace Bhiv.Benchmark.Measurements;

/// <summary>What a client sees.</summary>
internal static class Client
{
    public static IEnumerable<Figure> Figures(Scenario scenario, IReadOnlyList<Round> rounds) =>
    [
        new($"{scenario.Name}: requests", "1/s", [.. rounds.Select(round => round.RequestsPerSecond)]),
        new($"{scenario.Name}: p50", "ms", [.. rounds.Select(round => round.Milliseconds(0.50))]),
        new($"{scenario.Name}: p99", "ms", [.. rounds.Select(round => round.Milliseconds(0.99))]),
    ];
}
