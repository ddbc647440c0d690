using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Generate and the same action without credentials, each with metrics and without: what they add to a request, and what of that is
/// the guard's.
/// </summary>
internal static class Monitoring
{
    private const string Off = "--Metrics:Enabled=false";

    private static readonly Goal GuardCost = new(AtMost: true, 2);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var on = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        using var off = ServerProcess.Start(serverMode, [ServerMode.Verb, Off]);
        using var bareOn = ServerProcess.Start(serverMode, [ServerMode.Verb, ServerMode.Bare]);
        using var bareOff = ServerProcess.Start(serverMode, [ServerMode.Verb, ServerMode.Bare, Off]);
        var rounds = await Rounds.RunAsync(
            options,
            cancellationToken,
            (await Side.StartedAsync(on, true, cancellationToken), Scenario.Generate with { Name = "generate with metrics" }),
            (await Side.StartedAsync(off, true, cancellationToken), Scenario.Generate with { Name = "generate without metrics" }),
            (await Side.StartedAsync(bareOn, true, cancellationToken), Scenario.GenerateBare with { Name = "generate, bare, with metrics" }),
            (await Side.StartedAsync(bareOff, true, cancellationToken), Scenario.GenerateBare with { Name = "generate, bare, without metrics" }));
        var all = rounds[0].Zip(rounds[1]).Zip(rounds[2].Zip(rounds[3]), (guarded, bare) => (
            Request: guarded.First.CpuMicroseconds - guarded.Second.CpuMicroseconds,
            Guard: guarded.First.CpuMicroseconds - guarded.Second.CpuMicroseconds - (bare.First.CpuMicroseconds - bare.Second.CpuMicroseconds),
            Allocated: guarded.First.AllocatedKibibytes - guarded.Second.AllocatedKibibytes)).ToList();
        return
        [
            new("metrics: CPU of a request", "us", [.. all.Select(it => it.Request)]),
            new("metrics: CPU of a request, the guard's", "us", [.. all.Select(it => it.Guard)], GuardCost),
            new("metrics: allocated by a request", "KiB", [.. all.Select(it => it.Allocated)]),
        ];
    }
}
