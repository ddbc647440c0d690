namespace Bhiv.Benchmark.Driving;

/// <summary>Rounds in turn: what drifts, the machine above all, drifts for every side alike.</summary>
internal static class Rounds
{
    /// <summary>The rounds of each side, after every one was warmed up under its own load.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Round>>> RunAsync(
        Options options, CancellationToken cancellationToken, params IReadOnlyList<(Side Side, Scenario Scenario)> sides)
    {
        foreach (var (side, scenario) in sides)
        {
            await Console.Error.WriteLineAsync($"Warming up: {scenario.Name} …");
            await Round.RunAsync(side, scenario, options.WarmUp, cancellationToken);
        }
        var rounds = sides.Select(_ => new List<Round>()).ToList();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: {sides[0].Scenario.Name} …");
            foreach (var ((side, scenario), taken) in sides.Zip(rounds))
                taken.Add(await Round.RunAsync(side, scenario, options.Round, cancellationToken));
        }
        return rounds;
    }
}
