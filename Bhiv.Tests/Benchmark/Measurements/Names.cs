using System.Diagnostics;
using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Whether the time of a refused login tells which names exist: names that nobody has, accounts with a wrong password, and disabled
/// accounts with the right one, in turn and each name once.
/// </summary>
internal static class Names
{
    /// <summary>Of each kind, in each round.</summary>
    private const int Tries = 200;

    private static readonly Goal NoLonger = new(AtMost: true, 1.1);
    private static readonly Goal NoShorter = new(AtMost: false, 0.9);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb, "--Throttle:FailuresPerAddress=1000000"]);
        var side = await Side.StartedAsync(server, true, cancellationToken);
        await server.AddAsync(ServerMode.AddAccounts, 1 + (Tries * (options.Rounds + 1)), cancellationToken);
        using var connection = await Connection.OpenAsync(side.Target.Address, cancellationToken);
        // That they are there, or all three kinds would be one.
        await connection.AskAsync(side.Target.Login("member 1", side.Target.Password), cancellationToken);
        var number = 1;
        await Console.Error.WriteLineAsync("Warming up: names …");
        await RoundAsync();
        var rounds = new List<(double Unknown, double Wrong, double Disabled)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {options.Rounds}: names …");
            rounds.Add(await RoundAsync());
        }
        return
        [
            new("refused login, unknown name: median", "ms", [.. rounds.Select(it => it.Unknown)]),
            new("wrong password / unknown name, longer", "ratio", [.. rounds.Select(it => it.Wrong / it.Unknown)], NoLonger),
            new("wrong password / unknown name, shorter", "ratio", [.. rounds.Select(it => it.Wrong / it.Unknown)], NoShorter),
            new("disabled account / unknown name, longer", "ratio", [.. rounds.Select(it => it.Disabled / it.Unknown)], NoLonger),
            new("disabled account / unknown name, shorter", "ratio", [.. rounds.Select(it => it.Disabled / it.Unknown)], NoShorter),
        ];

        async Task<(double Unknown, double Wrong, double Disabled)> RoundAsync()
        {
            var (unknown, wrong, disabled) = (new List<double>(), new List<double>(), new List<double>());
            for (var at = 0; at < Tries; at++)
            {
                number++;
                unknown.Add(await TimeAsync($"nobody {number}", "a wrong password"));
                wrong.Add(await TimeAsync($"member {number}", "a wrong password"));
                disabled.Add(await TimeAsync($"former {number}", side.Target.Password));
            }
            return (Median(unknown), Median(wrong), Median(disabled));
        }

        async Task<double> TimeAsync(string name, string password)
        {
            var request = side.Target.Login(name, password);
            var sent = Stopwatch.GetTimestamp();
            var status = await connection.StatusAsync(request, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            return status == 401 ? elapsed : throw new BenchmarkException($"A login as {name} was answered {status}.");
        }

        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }
}
