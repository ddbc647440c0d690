using System.Net;

namespace Bhiv.Benchmark.Driving;

/// <summary>A load: how many connections, and what each of them says.</summary>
/// <param name="Measurement">What <c>--only</c> calls it.</param>
/// <param name="Prepare">
/// Due before each round, for the credentials: an access token lives 15 minutes and a run may be longer.
/// </param>
internal sealed record Scenario(
    string Measurement, string Name, Func<Target, CancellationToken, Task<IReadOnlyList<Conversation>>> Prepare)
{
    /// <summary>How long each connection rests after an answer; as it comes, not at all: the server is never idle.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Where each connection comes from, by its number.</summary>
    public Func<int, IPAddress>? Source { get; init; }

    /// <summary>Enough that the server's core never waits, few enough that its queue is short.</summary>
    private const int Connections = 16;

    public static readonly Scenario Generate = new("generate", "generate", async (target, cancellationToken) =>
        Repeat(target.Generate((await target.LogInAsync(cancellationToken)).AccessToken), Connections));

    public static readonly Scenario GenerateStock = Generate with { Name = "generate, stock guard" };

    public static readonly Scenario GenerateBare = new("generate", "generate, bare", (target, _) =>
        Task.FromResult(Repeat(target.GenerateBare(), Connections)));

    public static readonly Scenario RefreshByOne = new("refresh", "refresh, 1 connection", RefreshAsync(1));

    public static readonly Scenario RefreshByMany = new("refresh", "refresh, 32 connections", RefreshAsync(32));

    public static readonly Scenario Login = new("login", "login, 32 connections", (target, _) =>
        Task.FromResult(Repeat(target.Login(), 32)));

    /// <summary>What a client with both credentials does.</summary>
    public static readonly IReadOnlyList<Scenario> All = [Generate, RefreshByOne, RefreshByMany, Login];

    /// <summary>The same with credentials that are good for all of its rounds: repetitions only, and no longer than they live.</summary>
    public async Task<Scenario> PreparedAsync(Target target, CancellationToken cancellationToken)
    {
        var conversations = await Prepare(target, cancellationToken);
        return this with { Prepare = (_, _) => Task.FromResult(conversations) };
    }

    private static IReadOnlyList<Conversation> Repeat(byte[] request, int connections) =>
        [.. Enumerable.Repeat(new Repetition(request), connections)];

    private static Func<Target, CancellationToken, Task<IReadOnlyList<Conversation>>> RefreshAsync(int connections) =>
        async (target, cancellationToken) =>
        {
            var chains = new List<Conversation>();
            for (var at = 0; at < connections; at++)
                chains.Add(new RefreshChain(target, (await target.LogInAsync(cancellationToken)).RefreshToken));
            return chains;
        };
}
