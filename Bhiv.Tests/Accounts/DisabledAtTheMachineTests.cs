using System.Diagnostics;
using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>Alone: it measures.</summary>
[NonParallelizable]
public sealed class DisabledAtTheMachineTests : AccountsVerbFixture
{
    /// <summary>
    /// Somebody leaves, and the operator disables him at the machine while his client refreshes and generates in a loop: after so long the
    /// server refuses both.
    /// </summary>
    [Test]
    public async Task Who_is_disabled_at_the_machine_is_out_of_a_running_server_within_the_bound_of_the_feed()
    {
        using var server = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        var password = (await RunAsync(0, "accounts", "create", "alice")).Output.TrimEnd('\n');
        await client.LoginWithNewAsync("the kettle sang in the rain", password, "alice");
        var delays = new List<TimeSpan>();
        for (var round = 0; round < Proofs.Size(3, 50); round++)
        {
            var login = await client.LoginAsync("alice", "the kettle sang in the rain");
            using var over = new CancellationTokenSource();
            var generating = LastGoodAsync(() => client.GenerateAsync(login.AccessToken), over.Token);
            var token = login.RefreshToken;
            var refreshing = LastGoodAsync(
                async () =>
                {
                    var refreshed = await client.RefreshAsync(token);
                    if (refreshed.Status == HttpStatusCode.OK) token = refreshed.RefreshToken;
                    return refreshed;
                },
                over.Token);
            await Task.Delay(100);

            await RunAsync(0, "accounts disable alice");
            var disabled = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            await over.CancelAsync();
            var (generated, refreshed) = (await generating, await refreshing);
            delays.Add(Stopwatch.GetElapsedTime(disabled, Math.Max(generated.LastGood, refreshed.LastGood)));

            Assert.That((generated.Last.Code, refreshed.Last.Code), Is.EqualTo(("revoked_token", "revoked_refresh_token")));
            await RunAsync(0, "accounts enable alice");
            Assert.That((await client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("revoked_token"));
        }
        await TestContext.Progress.WriteLineAsync(
            $"out after the verb had ended, in {delays.Count} rounds: median {delays.Order().ElementAt(delays.Count / 2).TotalMilliseconds:0} ms, at the most {delays.Max().TotalMilliseconds:0} ms");
        Assert.That(delays, Is.All.LessThan(TimeSpan.FromSeconds(1.25)), "a second, and what the machine takes");
    }

    private static async Task<(long LastGood, Answer Last)> LastGoodAsync(Func<Task<Answer>> call, CancellationToken over)
    {
        var lastGood = 0L;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await call();
            if (answer.Status == HttpStatusCode.OK) lastGood = began;
            if (over.IsCancellationRequested) return (lastGood, answer);
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
