using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Generate with both credentials beside the same action with none. What the guard costs is the difference in the server's own
/// processor time, which waiting and the driver are no part of. Both servers live throughout, and one at a time is loaded.
/// </summary>
internal static class Generate
{
    private static readonly Goal GuardCost = new(AtMost: true, 17);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var guarded = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        using var bare = ServerProcess.Start(serverMode, [ServerMode.Verb, ServerMode.Bare]);
        var rounds = await Rounds.RunAsync(
            options,
            cancellationToken,
            (await Side.StartedAsync(guarded, true, cancellationToken), Scenario.Generate),
            (await Side.StartedAsync(bare, true, cancellationToken), Scenario.GenerateBare));
        return Figures([.. rounds[0].Zip(rounds[1])]);
    }

    private static List<Figure> Figures(IReadOnlyList<(Round Guarded, Round Bare)> pairs) =>
    [
        new("generate: requests", "1/s", [.. pairs.Select(it => it.Guarded.RequestsPerSecond)]),
        new("generate, bare: requests", "1/s", [.. pairs.Select(it => it.Bare.RequestsPerSecond)]),
        new("generate / bare", "ratio", [.. pairs.Select(it => it.Guarded.RequestsPerSecond / it.Bare.RequestsPerSecond)]),
        new("generate: CPU of a request", "us", [.. pairs.Select(it => it.Guarded.CpuMicroseconds)]),
        new("generate, bare: CPU of a request", "us", [.. pairs.Select(it => it.Bare.CpuMicroseconds)]),
        new("guard: CPU of a request", "us",
            [.. pairs.Select(it => it.Guarded.CpuMicroseconds - it.Bare.CpuMicroseconds)], GuardCost),
        new("generate: allocated by a request", "KiB", [.. pairs.Select(it => it.Guarded.AllocatedKibibytes)]),
        new("generate, bare: allocated by a request", "KiB", [.. pairs.Select(it => it.Bare.AllocatedKibibytes)]),
        new("guard: allocated by a request", "KiB",
            [.. pairs.Select(it => it.Guarded.AllocatedKibibytes - it.Bare.AllocatedKibibytes)]),
    ];
}
