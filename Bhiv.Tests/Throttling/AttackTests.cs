using System.Diagnostics;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Throttling;

/// <summary>
/// Attacks on the built service as a process, while people work: what the attacker got is counted by the hashes that were computed, and
/// the people must notice nothing.
/// </summary>
[NonParallelizable]
public sealed class AttackTests : DataDirectoryFixture
{
    private ServiceProcess process = null!;
    private Uri address = null!;
    private HttpClient attacker = null!;

    [SetUp]
    public async Task StartAsync()
    {
        process = ServiceProcess.StartDevelopment(
            DataDirectory, "--Throttle:FreeFailures=5", "--Throttle:FailuresPerAddress=20", "--RateLimits:RequestsPerMinute=600", "--Serilog:MinimumLevel:Default=Warning");
        address = await process.AddressAsync();
        attacker = Peer.ClientFrom("127.0.9.1", address);
    }

    [TearDown]
    public void Stop()
    {
        attacker.Dispose();
        process.Dispose();
    }

    [Test]
    public async Task A_spray_over_a_thousand_names_gets_twenty_looks_a_minute()
    {
        var began = Stopwatch.StartNew();

        var looks = await AttackAsync("spray", async () =>
        {
            await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 250 }, async (number, _) =>
                await attacker.LoginAsync($"name {number}", "Winter2026!"));
        });

        Assert.That(looks, Is.InRange(20, 20 * (1 + Math.Ceiling(began.Elapsed.TotalMinutes))));
    }

    [Test]
    public async Task Five_hundred_guesses_at_one_name_at_once_get_five_looks_and_the_next_second_one_more()
    {
        var looks = await AttackAsync("500 guesses", () => GuessAsync(attacker, 500));
        Assert.That(looks, Is.EqualTo(5));

        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.That(await AttackAsync("500 more", () => GuessAsync(attacker, 500)), Is.EqualTo(1));
    }

    [Test]
    public async Task Stuffing_from_fifty_addresses_gets_from_each_what_an_address_gets_and_at_one_name_a_hundred()
    {
        var sources = Enumerable.Range(1, Proofs.Size(20, 50)).Select(number => Peer.ClientFrom($"127.0.8.{number}", address)).ToList();

        var stuffed = await AttackAsync("stuffing", () => Task.WhenAll(sources.Select((source, at) =>
            Task.WhenAll(Enumerable.Range(0, Proofs.Size(25, 40)).Select(number => source.LoginAsync($"leaked {at} {number}", "hunter2"))))));
        Assert.That(stuffed, Is.InRange(21, 20 * sources.Count), "more than one address gets, and no more than each gets");

        // From addresses that have no minute behind them.
        var strangers = Enumerable.Range(1, 50).Select(number => Peer.ClientFrom($"127.0.7.{number}", address)).ToList();
        var guessed = await AttackAsync("guesses from 50 addresses", () => Task.WhenAll(strangers.Select(source => GuessAsync(source, 10))));
        Assert.That(guessed, Is.InRange(21, 100), "the same, and no more than a name gets");
        foreach (var source in sources.Concat(strangers)) source.Dispose();
    }

    private static Task<Answer[]> GuessAsync(HttpClient from, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => from.LoginAsync(password: $"guess {number}")));

    /// <returns>How many passwords of the attacker's were looked at.</returns>
    private async Task<double> AttackAsync(string name, Func<Task> attack)
    {
        using var operators = Peer.ClientFrom("127.0.6.1", address);
        var hashes = await HashesAsync(operators);
        await using var people = await People.AtWorkAsync(address, logIn: true);
        await people.GoOnAsync();
        var atRest = people.Forget();

        var began = Stopwatch.StartNew();
        await attack();
        began.Stop();

        await people.GoOnAsync();
        var underAttack = people.Forget();
        await people.StopAsync();
        var looks = await HashesAsync(operators) - people.Logins - hashes;
        await TestContext.Progress.WriteLineAsync(
            $"{name}: {looks} looks at a password in {began.Elapsed.TotalSeconds:0.0} s; people: at rest {atRest}; then {underAttack}");
        return looks;
    }

    private static async Task<double> HashesAsync(HttpClient client) =>
        (await Scrape.OfAsync(client)).Series["bhiv_password_hash_duration_seconds_count"];
}
