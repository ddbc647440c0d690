using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Generate with both credentials beside the same action with none, and behind the stock guard. What a guard costs is the
/// difference in the server's own processor time, which waiting and the driver are no part of; what it costs beside the stock one
/// holds on any machine. The servers live throughout, and one at a time is loaded.
/// </summary>
internal static class Generate
{
    private static readonly Goal GuardCost = new(AtMost: true, 17);
    private static readonly Goal GuardAllocation = new(AtMost: true, 6);
    private static readonly Goal NoMoreThanStock = new(AtMost: true, 1);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var guarded = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        using var stock = ServerProcess.Start(serverMode, [ServerMode.Verb, ServerMode.Stock]);
        using var bare = ServerProcess.Start(serverMode, [ServerMode.Verb, ServerMode.Bare]);
        var rounds = await Rounds.RunAsync(
            options,
            cancellationToken,
            (await Side.StartedAsync(guarded, true, cancellationToken), Scenario.Generate),
            (await Side.StartedAsync(bare, true, cancellationToken), Scenario.GenerateBare),
            (await Side.StartedAsync(stock, true, cancellationToken), Scenario.GenerateStock));
        return Figures([.. rounds[0].Zip(rounds[1], rounds[2])]);
    }

    private static List<Figure> Figures(IReadOnlyList<(Round Guarded, Round Bare, Round Stock)> rounds) =>
    [
        new("generate: requests", "1/s", [.. rounds.Select(it => it.Guarded.RequestsPerSecond)]),
        new("generate, bare: requests", "1/s", [.. rounds.Select(it => it.Bare.RequestsPerSecond)]),
        new("generate / bare", "ratio", [.. rounds.Select(it => it.Guarded.RequestsPerSecond / it.Bare.RequestsPerSecond)]),
        new("generate: CPU of a request", "us", [.. rounds.Select(it => it.Guarded.CpuMicroseconds)]),
        new("generate, bare: CPU of a request", "us", [.. rounds.Select(it => it.Bare.CpuMicroseconds)]),
        new("guard: CPU of a request", "us",
            [.. rounds.Select(it => it.Guarded.CpuMicroseconds - it.Bare.CpuMicroseconds)], GuardCost),
        new("stock guard: CPU of a request", "us",
            [.. rounds.Select(it => it.Stock.CpuMicroseconds - it.Bare.CpuMicroseconds)]),
        new("guard / stock guard: CPU", "ratio",
            [.. rounds.Select(it => (it.Guarded.CpuMicroseconds - it.Bare.CpuMicroseconds)
                / (it.Stock.CpuMicroseconds - it.Bare.CpuMicroseconds))], NoMoreThanStock),
        new("generate: allocated by a request", "KiB", [.. rounds.Select(it => it.Guarded.AllocatedKibibytes)]),
        new("generate, bare: allocated by a request", "KiB", [.. rounds.Select(it => it.Bare.AllocatedKibibytes)]),
        new("guard: allocated by a request", "KiB",
            [.. rounds.Select(it => it.Guarded.AllocatedKibibytes - it.Bare.AllocatedKibibytes)], GuardAllocation),
        new("stock guard: allocated by a request", "KiB",
            [.. rounds.Select(it => it.Stock.AllocatedKibibytes - it.Bare.AllocatedKibibytes)]),
    ];
}
