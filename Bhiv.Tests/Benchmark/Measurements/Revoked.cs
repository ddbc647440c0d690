using System.Diagnostics;
using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>Generate where a hundred thousand sessions were revoked within the life of an access token, and where none was.</summary>
internal static class Revoked
{
    private const int Sessions = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Goal AsWithNone = new(AtMost: false, 0.98);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var none = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        using var many = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        var noneSide = await Side.StartedAsync(none, true, cancellationToken);
        var manySide = await Side.StartedAsync(many, true, cancellationToken);
        await many.AddAsync(ServerMode.AddRevocations, Sessions, cancellationToken);
        await HeardOfAsync(many, cancellationToken);
        var rounds = await Rounds.RunAsync(
            options,
            cancellationToken,
            (noneSide, Scenario.Generate with { Name = "generate, none revoked" }),
            (manySide, Scenario.Generate with { Name = "generate, 100,000 revoked" }));
        await HeardOfAsync(many, cancellationToken);
        return
        [
            new("generate, none revoked: requests", "1/s", [.. rounds[0].Select(round => round.RequestsPerSecond)]),
            new("generate, 100,000 revoked: requests", "1/s", [.. rounds[1].Select(round => round.RequestsPerSecond)]),
            new("generate, 100,000 revoked / none", "ratio",
                [.. rounds[1].Zip(rounds[0], (with, without) => with.RequestsPerSecond / without.RequestsPerSecond)], AsWithNone),
            new("generate, 100,000 revoked / none: CPU", "ratio",
                [.. rounds[1].Zip(rounds[0], (with, without) => with.CpuMicroseconds / without.CpuMicroseconds)]),
        ];
    }

    /// <summary>Before and after the rounds: they are let go of twenty minutes after they came.</summary>
    private static async Task HeardOfAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (await server.AskAsync(ServerMode.Revoked, cancellationToken) < Sessions)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new BenchmarkException("The feed did not hear of what was revoked.");
            await Task.Delay(100, cancellationToken);
        }
    }
}
