using System.Net;
using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Generate, as callers use it who pause between calls, while 200 connections flood login with guesses: from one address, and from fifty
/// that have never been seen, so that each gets all its looks at a password. The same server, in turn with no flood.
/// </summary>
internal static class Flood
{
    private const int Connections = 200;
    private const int Callers = 16;

    private static readonly Goal ThreeTimes = new(AtMost: true, 3);

    // Each below what one key may ask for from one address.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(125);

    private static int addresses;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        // With the limits as they come, unlike all other measurements.
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb, "--RateLimits:RequestsPerMinute=600"]);
        var side = await Side.StartedAsync(server, true, cancellationToken);
        var generate = new Scenario("flood", "generate", async (target, token) =>
        {
            var request = target.Generate((await target.LogInAsync(token)).AccessToken);
            return [.. Enumerable.Range(0, Callers).Select(_ => new Repetition(request))];
        })
        {
            Pause = Pause,
            Source = at => new IPAddress([127, 0, 1, (byte)(at + 1)]),
        };
        await Console.Error.WriteLineAsync("Warming up: flood …");
        await Round.RunAsync(side, generate, options.WarmUp, cancellationToken);
        await FloodedAsync(FromOne());
        await FloodedAsync(FromFifty());
        var rounds = new List<(Round AtRest, Flooded One, Flooded Fifty)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: flood …");
            var rest = await Round.RunAsync(side, generate, options.Round, cancellationToken);
            rounds.Add((rest, await FloodedAsync(FromOne()), await FloodedAsync(FromFifty())));
        }
        return Figures(rounds);

        async Task<Flooded> FloodedAsync(Func<int, IPAddress> source)
        {
            await using var flood = Driving.Flood.Begin(side.Target, Connections, source, cancellationToken);
            var round = await Round.RunAsync(side, generate, options.Round, cancellationToken);
            return new Flooded(round, flood.Answers / round.Elapsed.TotalSeconds, flood.Looks / round.Elapsed.TotalSeconds);
        }
    }

    private static Func<int, IPAddress> FromOne()
    {
        var address = Next();
        return _ => address;
    }

    private static Func<int, IPAddress> FromFifty()
    {
        var fifty = Enumerable.Range(0, 50).Select(_ => Next()).ToList();
        return at => fifty[at % 50];
    }

    private static IPAddress Next()
    {
        var number = addresses++;
        return new IPAddress([127, 1, (byte)(number / 250), (byte)((number % 250) + 1)]);
    }

    private static List<Figure> Figures(IReadOnlyList<(Round AtRest, Flooded One, Flooded Fifty)> rounds) =>
    [
        new("generate, at rest: p99", "ms", [.. rounds.Select(it => it.AtRest.Milliseconds(0.99))]),
        new("generate, flood from one address: p99", "ms", [.. rounds.Select(it => it.One.Round.Milliseconds(0.99))]),
        new("flood from one address / at rest: p99", "ratio",
            [.. rounds.Select(it => it.One.Round.Milliseconds(0.99) / it.AtRest.Milliseconds(0.99))], ThreeTimes),
        new("flood from one address: answers", "1/s", [.. rounds.Select(it => it.One.Answers)]),
        new("flood from one address: looks", "1/s", [.. rounds.Select(it => it.One.Looks)]),
        new("generate, flood from fifty addresses: p99", "ms", [.. rounds.Select(it => it.Fifty.Round.Milliseconds(0.99))]),
        new("flood from fifty addresses / at rest: p99", "ratio",
            [.. rounds.Select(it => it.Fifty.Round.Milliseconds(0.99) / it.AtRest.Milliseconds(0.99))], ThreeTimes),
        new("flood from fifty addresses: answers", "1/s", [.. rounds.Select(it => it.Fifty.Answers)]),
        new("flood from fifty addresses: looks", "1/s", [.. rounds.Select(it => it.Fifty.Looks)]),
    ];

    private sealed record Flooded(Round Round, double Answers, double Looks);
}
