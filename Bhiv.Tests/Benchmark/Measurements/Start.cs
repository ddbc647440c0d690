using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;
using Bhiv.Tests.Support;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// From the start of the process to the first 200: with no database yet, and with the one that the first start made.
/// </summary>
internal static class Start
{
    private static readonly Goal Seconds = new(AtMost: true, 1.5);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string product, Options options, CancellationToken cancellationToken)
    {
        var first = new List<double>();
        var second = new List<double>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: start …");
            using var data = new TemporaryDirectory();
            first.Add(await TakeAsync(product, data.Path, cancellationToken));
            second.Add(await TakeAsync(product, data.Path, cancellationToken));
        }
        return [new("start, no database yet", "s", first, Seconds), new("start, second", "s", second, Seconds)];
    }

    public static async Task<double> TakeAsync(string product, string data, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(product, [], data);
        return (await server.AnswersAsync(cancellationToken)).TotalSeconds;
    }
}
