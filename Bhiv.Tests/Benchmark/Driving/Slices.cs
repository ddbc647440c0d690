using System.Diagnostics;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Driving;

/// <summary>One side of a measurement in slices.</summary>
/// <param name="Listened">Whether the metrics listener is there.</param>
internal sealed record SliceSide(Side Side, Scenario Scenario, bool Listened);

/// <summary>
/// Rounds cut into slices, where a difference of one in a hundred is sought: a shared machine changes its pace within a second, and
/// less between neighbours.
/// </summary>
internal sealed class Slices(Options options, IReadOnlyList<SliceSide> sides, CancellationToken cancellationToken)
{
    private const int PassesOfARound = 60;

    private readonly TimeSpan slice = options.Round / 100;

    /// <summary>Passes, each with one slice of every side.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Round>>> RunAsync()
    {
        await Console.Error.WriteLineAsync("Warming up: slices …");
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < options.WarmUp;) await PassAsync(true);
        var passes = new List<IReadOnlyList<Round>>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: slices …");
            for (var pass = 0; pass < PassesOfARound; pass++) passes.Add(await PassAsync(pass % 2 == 0));
        }
        return passes;
    }

    private async Task<IReadOnlyList<Round>> PassAsync(bool listenedFirst)
    {
        var slices = new Round[sides.Count];
        // By chance among their like; the listener is turned once in a pass, and comes first in every other.
        foreach (var at in Enumerable.Range(0, sides.Count).Shuffle().OrderBy(at => sides[at].Listened != listenedFirst))
            slices[at] = await SliceAsync(sides[at]);
        return slices;
    }

    private async Task<Round> SliceAsync(SliceSide it)
    {
        // Who comes first after the turn finds cold caches, and no series begun.
        if (await it.Side.Process!.AskAsync($"{ServerMode.Listen} {it.Listened}", cancellationToken) > 0)
            await Round.RunAsync(it.Side, it.Scenario, slice, cancellationToken);
        return await Round.RunAsync(it.Side, it.Scenario, slice, cancellationToken);
    }
}
