using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>What a flood of bad keys does to the built service, and to those who have good ones.</summary>
[NonParallelizable]
public sealed class RateLimitFloodTests
{
    private const int Connections = 50;

    /// <summary>One of the people is there too.</summary>
    private const string Attacker = "127.0.5.1";

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Proofs.Size(5, 60));

    [Test]
    public async Task A_flood_of_bad_keys_is_slowed_and_whoever_has_a_good_key_does_not_notice_even_at_its_address()
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path, "--RateLimits:RequestsPerMinute=600");
        var address = await service.AddressAsync();
        await using var people = await People.AtWorkAsync(address, logIn: false);
        var atRest = people.Forget();
        using var over = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var flood = Enumerable.Range(0, Connections).Select(connection => FloodAsync(address, connection, over.Token)).ToList();

        await Task.Delay(Time);
        await people.StopAsync();
        var before = Stopwatch.GetTimestamp();
        service.Terminate();
        Assert.That(await service.ExitCodeAsync(), Is.Zero);
        var stop = Stopwatch.GetElapsedTime(before);
        await over.CancelAsync();
        var answers = (await Task.WhenAll(flood)).SelectMany(counts => counts).GroupBy(it => it.Key, it => it.Value)
            .ToDictionary(it => it.Key, it => it.Sum());
        var elapsed = Stopwatch.GetElapsedTime(began);

        await TestContext.Progress.WriteLineAsync(
            $"{answers.Values.Sum()} answers to a flood of bad keys in {elapsed.TotalSeconds:F1} s; people: at rest {atRest}; then {people.Forget()}; the stop took {stop.TotalSeconds:F1} s");
        Assert.That(answers.Keys, Is.SubsetOf(new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
        // One budget, given back with the minute, and one refusal a second on each connection.
        Assert.That(answers[HttpStatusCode.Unauthorized], Is.InRange(600, 600 * (1 + (int)elapsed.TotalMinutes)));
        Assert.That(answers[HttpStatusCode.TooManyRequests], Is.InRange(Connections, Connections * (1 + elapsed.TotalSeconds)));
        Assert.That(stop, Is.LessThan(TimeSpan.FromSeconds(15)));
        var lines = service.Output.Split('\n');
        Assert.That(lines.Where(line => line.Contains(" 429 ", StringComparison.Ordinal)), Is.Empty, "no line for each");
        Assert.That(lines.Count(line => line.Contains("Requests are refused that are too many", StringComparison.Ordinal)), Is.InRange(1, 1 + (int)elapsed.TotalMinutes));
    }

    [Test]
    public async Task What_is_refused_is_counted_by_whether_it_had_a_good_key()
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path, "--RateLimits:RequestsPerMinute=2");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        // By another address, so that looking takes nothing of what is looked at.
        using var watcher = Peer.ClientFrom("127.0.0.9", client.BaseAddress);
        var before = await Scrape.OfAsync(watcher);
        for (var call = 0; call < 3; call++) await client.PostAsync(Calls.Login, new { });
        for (var call = 0; call < 4; call++) await client.PostAsync(Calls.Login, new { }, $"guess-{call}");
        var after = await Scrape.OfAsync(watcher);

        Assert.That((Client(before), Unknown(before)), Is.EqualTo((0, 0)));
        Assert.That((Client(after), Unknown(after)), Is.EqualTo((1, 2)));

        static double Client(Scrape scrape) => scrape.Series["""bhiv_rate_limited_total{caller="client"}"""];
        static double Unknown(Scrape scrape) => scrape.Series["""bhiv_rate_limited_total{caller="unknown"}"""];
    }

    private static async Task<ConcurrentDictionary<HttpStatusCode, int>> FloodAsync(Uri address, int connection, CancellationToken over)
    {
        using var client = Peer.ClientFrom(Attacker, address);
        var counts = new ConcurrentDictionary<HttpStatusCode, int>();
        try
        {
            for (var call = 0; !over.IsCancellationRequested; call++)
            {
                var answer = await client.PostAsync(Calls.Generate, new { prompt = "Office" }, $"guess-{connection}-{call}", "x");
                counts.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            }
        }
        catch (HttpRequestException)
        {
            // The service has stopped.
        }
        return counts;
    }
}
