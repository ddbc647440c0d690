using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;
using Bhiv.Tests.Support;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Two commits, each published from a worktree of its own and driven by the driver of this one, in turn. Each ratio is the second
/// to the first of one pair of rounds: what the machine did meanwhile, it did to both.
/// </summary>
internal sealed class Comparison(Options options, string before, string after, CancellationToken cancellationToken)
{
    private readonly List<Figure> figures = [];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string before, string after, Options options, string directory, CancellationToken cancellationToken)
    {
        var libraries = new List<string>();
        foreach (var (commit, name) in new[] { (before, "before"), (after, "after") })
        {
            var path = Path.Combine(directory, $"tree-{name}");
            await using var worktree = await Worktree.AddAsync(commit, path, cancellationToken);
            libraries.Add(await Publication.PublishAsync(worktree.Path, "Bhiv.Api", directory, name, cancellationToken));
        }
        return await new Comparison(options, libraries[0], libraries[1], cancellationToken).RunAsync();
    }

    private async Task<IReadOnlyList<Figure>> RunAsync()
    {
        foreach (var scenario in Scenario.All.Where(scenario => options.Wants(scenario.Measurement))) await LoadAsync(scenario);
        if (options.Wants("start")) await StartAsync();
        if (options.Wants("memory")) await MemoryAsync();
        return figures;
    }

    private async Task LoadAsync(Scenario scenario)
    {
        using var first = ServerProcess.Start(before, []);
        using var second = ServerProcess.Start(after, []);
        var rounds = await Rounds.RunAsync(
            options,
            cancellationToken,
            (await Side.StartedAsync(first, false, cancellationToken), scenario),
            (await Side.StartedAsync(second, false, cancellationToken), scenario));
        Add($"{scenario.Name}: requests", "1/s", rounds.Select(side => side.Select(round => round.RequestsPerSecond)));
        Add($"{scenario.Name}: CPU of a request", "us", rounds.Select(side => side.Select(round => round.CpuMicroseconds)));
        Add($"{scenario.Name}: p99", "ms", rounds.Select(side => side.Select(round => round.Milliseconds(0.99))));
    }

    private async Task StartAsync()
    {
        var taken = new[] { new List<double>(), new List<double>() };
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: start …");
            foreach (var (library, times) in new[] { before, after }.Zip(taken))
            {
                using var data = new TemporaryDirectory();
                times.Add(await Start.TakeAsync(library, data.Path, cancellationToken));
            }
        }
        Add("start, no database yet", "s", taken);
    }

    private async Task MemoryAsync()
    {
        await Console.Error.WriteLineAsync("Memory …");
        var first = await Memory.TakeAsync(before, options, cancellationToken);
        var second = await Memory.TakeAsync(after, options, cancellationToken);
        Add("resident memory, idle", "MiB", [[first.Idle], [second.Idle]]);
        Add("resident memory, under load", "MiB", [[first.Loaded], [second.Loaded]]);
    }

    private void Add(string name, string unit, IEnumerable<IEnumerable<double>> sides)
    {
        var (first, second) = (sides.First().ToList(), sides.Last().ToList());
        figures.Add(new Figure($"{name}, before", unit, first));
        figures.Add(new Figure($"{name}, after", unit, second));
        figures.Add(new Figure($"{name}, after / before", "ratio", [.. first.Zip(second, (one, other) => other / one)]));
    }
}
