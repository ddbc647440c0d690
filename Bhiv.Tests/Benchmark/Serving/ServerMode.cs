using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Bhiv.Domain.Accounts;
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
    public const string Allocated = "allocated";
    public const string Hash = "hash";

    public static async Task<int> RunAsync(string[] args)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty);
        await using var app = Api.Program.Create(
            [.. args.Except([Bare, Stock])],
            environment,
            args.Contains(Bare) ? WithoutCredentials.Replace : args.Contains(Stock) ? StockGuard.Replace : null);
        await Api.Program.PrepareAsync(app);
        await app.StartAsync();
        // A thread of its own: reading a console blocks, and the pool of one core has one thread to begin with.
        await Task.Factory.StartNew(() => Answer(app.Services), TaskCreationOptions.LongRunning);
        await app.StopAsync();
        return 0;
    }

    private static void Answer(IServiceProvider services)
    {
        while (Console.ReadLine() is { } question)
        {
            Console.Error.WriteLine(question.Split(' ') switch
            {
                [Allocated] => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture),
                [Hash, var seconds] => HashesPerSecond(
                    services, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))).GetAwaiter().GetResult(),
                _ => "?",
            });
        }
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
                for (; Stopwatch.GetElapsedTime(started) < time; count++) await hasher.VerifyAsync(password, hash, default);
                return count;
            })));
        return (counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
