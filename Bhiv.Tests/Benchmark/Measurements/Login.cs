using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Logins beside the bare password hash: the hash is slow on purpose, and all that stands around it should be lost beside it.
/// The same hasher of the same process, on the same core.
/// </summary>
internal static class Login
{
    private static readonly Goal Share = new(AtMost: false, 0.9);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb]);
        var side = await Side.StartedAsync(server, true, cancellationToken);
        await Console.Error.WriteLineAsync("Warming up: login …");
        await Round.RunAsync(side, Scenario.Login, options.WarmUp, cancellationToken);
        var pairs = new List<(Round Logins, double Hashes)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: login …");
            var logins = await Round.RunAsync(side, Scenario.Login, options.Round, cancellationToken);
            pairs.Add((logins, await server.RateAsync(ServerMode.Hash, options.Round, cancellationToken)));
        }
        return
        [
            .. Client.Figures(Scenario.Login, [.. pairs.Select(it => it.Logins)]),
            new("password hash, bare", "1/s", [.. pairs.Select(it => it.Hashes)]),
            new("login / bare hash", "ratio", [.. pairs.Select(it => it.Logins.RequestsPerSecond / it.Hashes)], Share),
        ];
    }
}
