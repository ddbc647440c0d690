using System.Globalization;

namespace Bhiv.Benchmark;

/// <summary>What the command line asks for.</summary>
/// <param name="Rounds">Of each side of a measurement, in turn.</param>
/// <param name="Round">How long one is.</param>
/// <param name="WarmUp">
/// Under load, before the first round. The runtime compiles what is hot again, in steps; on one core beside the load itself
/// that takes 20 to 30 seconds.
/// </param>
/// <param name="Commits">The two to compare, or none.</param>
internal sealed record Options(
    int Rounds,
    TimeSpan Round,
    TimeSpan WarmUp,
    string? Only,
    bool Json,
    Uri? Url,
    string? ApiKey,
    string? Username,
    string? Password,
    IReadOnlyList<string> Commits)
{
    public static readonly IReadOnlyList<string> Names = ["generate", "monitoring", "revoked", "refresh", "growth", "login", "names", "flood", "start", "memory"];

    private const string Usage = """
        Use: dotnet run --project Bhiv.Tests/Benchmark -c Release -- [compare COMMIT [COMMIT]] [options]
          compare      the first commit beside the second, or beside HEAD
          --only NAME  generate, monitoring, revoked, refresh, growth, login, names, flood, start or memory
          --rounds 7   of each side, in turn
          --seconds 5  of each round
          --warmup 25  seconds under load before the first round
          --json       for a program to read
          --url http://HOST:PORT --api-key KEY --username NAME --password PASSWORD
                       another server: only what a client sees
        """;

    public bool Wants(string name) => Only is null || Only == name;

    /// <exception cref="BenchmarkException">They cannot be followed.</exception>
    public static Options Parse(string[] args)
    {
        var named = new Dictionary<string, string>();
        var commits = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            if (args[at] == "--json") named["--json"] = "true";
            else if (args[at].StartsWith("--", StringComparison.Ordinal) && at + 1 < args.Length) named[args[at]] = args[++at];
            else commits.Add(args[at]);
        }
        if (commits is not ([] or ["compare", _] or ["compare", _, _])) throw new BenchmarkException(Usage);
        if (commits.Count == 2) commits.Add("HEAD");
        return Read(named, [.. commits.Skip(1)]);
    }

    private static Options Read(Dictionary<string, string> named, IReadOnlyList<string> commits)
    {
        var options = new Options(
            (int)Number("--rounds", 7),
            TimeSpan.FromSeconds(Number("--seconds", 5)),
            TimeSpan.FromSeconds(Number("--warmup", 25)),
            Take("--only"), Take("--json") is not null,
            Take("--url") is { } url ? new Uri(url) : null, Take("--api-key"), Take("--username"), Take("--password"), commits);
        var complete = options.Url is null || (options.Url.Scheme == "http" && commits.Count == 0
            && options is { ApiKey: not null, Username: not null, Password: not null });
        if (named.Count > 0 || !complete || (options.Only is { } only && !Names.Contains(only)))
            throw new BenchmarkException(Usage);
        return options;

        string? Take(string name) => named.Remove(name, out var value) ? value : null;

        double Number(string name, double fallback) => Take(name) is not { } text ? fallback
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number
            : throw new BenchmarkException(Usage);
    }
}
