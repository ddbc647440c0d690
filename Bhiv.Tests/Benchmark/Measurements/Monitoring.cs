using Bhiv.Benchmark.Driving;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Measurements;

/// <summary>
/// Generate and the same action without credentials, each with metrics and without: what they add to a request, and what of that is
/// the guard's. Each is served by two servers alike, and what is found between those is the error of the method. Sentry is another
/// server's, beside none: it knows nothing of the guard.
/// </summary>
internal static class Monitoring
{
    private static readonly Goal GuardCost = new(AtMost: true, 2);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string serverMode, Options options, CancellationToken cancellationToken)
    {
        using var server = ServerProcess.Start(serverMode, [ServerMode.Verb, "--Metrics:Enabled=false"]);
        var first = await Side.StartedAsync(server, true, cancellationToken);
        var guarded = await Scenario.Generate.PreparedAsync(first.Target, cancellationToken);
        var bare = await Scenario.GenerateBare.PreparedAsync(first.Target, cancellationToken);
        var sides = new List<SliceSide>();
        await AddAsync(guarded, string.Empty, false, true);
        await AddAsync(guarded, string.Empty, false, true);
        await AddAsync(bare, ServerMode.Bare, false, true);
        await AddAsync(bare, ServerMode.Bare, false, true);
        await AddAsync(guarded, ServerMode.Sentry, false);
        return Figures(await new Slices(options, sides, cancellationToken).RunAsync());

        async Task AddAsync(Scenario scenario, string flags, params IEnumerable<bool> listened)
        {
            var side = await first.BesideAsync(flags, cancellationToken);
            sides.AddRange(listened.Select(it => new SliceSide(side, scenario, it)));
        }
    }

    private static List<Figure> Figures(IReadOnlyList<IReadOnlyList<Round>> passes)
    {
        var cpu = passes.Select(pass => pass.Select(slice => slice.CpuMicroseconds).ToList()).ToList();
        var allocated = passes.Select(pass => pass.Select(slice => slice.AllocatedKibibytes).ToList()).ToList();
        return
        [
            new("metrics: CPU of a request", "us", [.. cpu.Select(Metrics)]),
            new("metrics: CPU of a request, the guard's", "us", [.. cpu.Select(it => Metrics(it) - Metrics(it[4..]))], GuardCost),
            new("no difference: CPU of a request", "us", [.. cpu.Select(Nothing)]),
            new("no difference: CPU of a request, the guard's", "us", [.. cpu.Select(it => Nothing(it) - Nothing(it[4..]))]),
            new("metrics: allocated by a request", "KiB", [.. allocated.Select(Metrics)]),
            new("Sentry: CPU of a request", "us", [.. cpu.Select(Sentry)]),
            new("Sentry: allocated by a request", "KiB", [.. allocated.Select(Sentry)]),
        ];
    }

    // Of two servers alike, first without metrics and then with. Both are differences of the same four slices, and as exact.
    private static double Metrics(List<double> four) => (four[1] + four[3] - four[0] - four[2]) / 2;

    private static double Nothing(List<double> four) => (four[2] + four[3] - four[0] - four[1]) / 2;

    private static double Sentry(List<double> all) => all[8] - (all[0] + all[2]) / 2;
}
