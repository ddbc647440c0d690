using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Bhiv.Api.Configuration;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Benchmark.Serving;

/// <summary>
/// The product's own composition as a process, which also answers what only it can know. A line on standard input is a question,
/// a line on standard error its answer: standard output is the product's log. The end of the input is the end of the server,
/// so that none outlives its driver.
/// </summary>
internal static class ServerMode
{
    public const string Verb = "serve";
    public const string Bare = "--bare";
    public const string Stock = "--stock";
    public const string Sentry = "--sentry";
    public const string Allocated = "allocated";
    public const string CpuTime = "cpu-time";
    public const string Listen = "listen";
    public const string Beside = "beside";
    public const string Hash = "hash";
    public const string Update = "update";
    public const string AddSessions = "add-sessions";
    public const string AddAccounts = "add-accounts";
    public const string AddRevocations = "add-revocations";
    public const string Revoked = "revoked";

    public static async Task<int> RunAsync(string[] args)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty);
        await using var app = await StartAsync(args, environment);
        await using var neighbours = new Neighbours(args, environment);
        // A thread of its own: reading a console blocks, and the pool of one core has one thread to begin with.
        await Task.Factory.StartNew(() => Answer(app.Services, neighbours), TaskCreationOptions.LongRunning);
        await app.StopAsync();
        return 0;
    }

    public static async Task<WebApplication> StartAsync(string[] args, IReadOnlyDictionary<string, string> environment)
    {
        var app = Api.Program.Create(
            [.. args.Except([Bare, Stock, Sentry])],
            environment,
            args.Contains(Bare) ? WithoutCredentials.Replace : args.Contains(Stock) ? StockGuard.Replace : null);
        await Api.Program.PrepareAsync(app);
        await app.StartAsync();
        return app;
    }

    private static void Answer(IServiceProvider services, Neighbours neighbours)
    {
        using var listener = new MetricsListener(services.GetRequiredService<Settings>());
        var database = new ServerDatabase(services.GetRequiredService<DatabaseOptions>());
        while (Console.ReadLine() is { } question)
        {
            Console.Error.WriteLine(question.Split(' ') switch
            {
                [Allocated] => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture),
                [CpuTime] => Environment.CpuUsage.TotalTime.TotalMicroseconds.ToString(CultureInfo.InvariantCulture),
                [Listen, var on] => listener.Turn(bool.Parse(on)) ? "1" : "0",
                [Beside, .. var flags] => neighbours.StartAsync(flags).GetAwaiter().GetResult().ToString(CultureInfo.InvariantCulture),
                [Hash, var seconds] => HashesPerSecond(services, Seconds(seconds)).GetAwaiter().GetResult(),
                [Update, var seconds] => database.UpdatesPerSecond(Seconds(seconds)).ToString(CultureInfo.InvariantCulture),
                [AddSessions, var count] => database.AddSessions(Count(count)).ToString(CultureInfo.InvariantCulture),
                [AddAccounts, var count] => database.AddAccounts(Count(count)).ToString(CultureInfo.InvariantCulture),
                [AddRevocations, var count] => database.AddRevocations(Count(count)).ToString(CultureInfo.InvariantCulture),
                [Revoked] => services.GetRequiredService<RevocationSet>().Count.ToString(CultureInfo.InvariantCulture),
                _ => "?",
            });
        }

        static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

        static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The rate of the product's own hasher with every one of its places taken, and nothing around it.</summary>
    private static async Task<string> HashesPerSecond(IServiceProvider services, TimeSpan time)
    {
        var hasher = services.GetRequiredService<IPasswordHasher>();
        var password = PlainTextPassword.Of(Environment.GetEnvironmentVariable("DEMO_PASSWORD"));
        var hash = await hasher.HashAsync(password, default);
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, services.GetRequiredService<PasswordOptions>().ConcurrentHashes)
            .Select(_ => Task.Run(async () =>
            {
                var count = 0;
                for (; Stopwatch.GetElapsedTime(started) < time; count++) await hasher.VerifyAsync(password, hash, isUrgent: true, default);
                return count;
            })));
        return (counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
