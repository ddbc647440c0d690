namespace Bhiv.Benchmark.Serving;

/// <summary>
/// More servers in the process of the first, on the same database. Two processes of one program differ by several microseconds a
/// request, each with machine code and a heap of its own; two servers of one process do not.
/// </summary>
internal sealed class Neighbours(string[] args, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    /// <summary>Nobody is there.</summary>
    private const string Dsn = "http://public@127.0.0.1:9/1";

    private readonly List<WebApplication> apps = [];

    /// <summary>Where it listens.</summary>
    public async Task<int> StartAsync(string[] flags)
    {
        var variables = new Dictionary<string, string>(environment);
        if (flags.Contains(ServerMode.Sentry)) variables["SENTRY_DSN"] = Dsn;
        var app = await ServerMode.StartAsync([.. args, .. flags, "--urls=http://127.0.0.1:0"], variables);
        apps.Add(app);
        return new Uri(app.Urls.Single()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps) await app.DisposeAsync();
    }
}
