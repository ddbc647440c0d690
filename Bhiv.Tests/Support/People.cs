using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Bhiv.Tests.Support;

/// <summary>
/// Ten people at work while something happens, each at an address of his own: they generate, and count on a 200 each time. How long they wait is told
/// and not judged: the machine is shared.
/// </summary>
internal sealed class People : IAsyncDisposable
{
    private const int Count = 10;
    private const int GenerationsOfARound = 4;

    private readonly ConcurrentQueue<string> wrong = new();
    private readonly List<HttpClient> clients;
    private readonly Task working;
    private ConcurrentBag<(bool IsLogin, double Milliseconds)> times = [];
    private int logins;
    private int rounds;
    private volatile bool over;

    private People(List<HttpClient> clients, bool logIn)
    {
        this.clients = clients;
        working = Task.WhenAll(clients.Select(client => Task.Run(() => WorkAsync(client, logIn))));
    }

    /// <summary>Which the service has answered.</summary>
    public int Logins => Volatile.Read(ref logins);

    /// <param name="logIn">Whether they log in for each round, and not only for the first.</param>
    public static async Task<People> AtWorkAsync(Uri address, bool logIn)
    {
        var people = new People([.. Enumerable.Range(1, Count).Select(number => Peer.ClientFrom($"127.0.5.{number}", address))], logIn);
        await people.GoOnAsync();
        return people;
    }

    /// <summary>Returns once they have worked a few rounds more.</summary>
    public async Task GoOnAsync()
    {
        var target = Volatile.Read(ref rounds) + (5 * Count);
        await Eventually.IsTrueAsync(() => Volatile.Read(ref rounds) >= target || !wrong.IsEmpty, TimeSpan.FromMinutes(2));
        Assert.That(wrong, Is.Empty);
    }

    /// <returns>What there was since the last time.</returns>
    public string Forget()
    {
        var taken = Interlocked.Exchange(ref times, []);
        return $"{Describe("generate", false)}, {Describe("login", true)}";

        string Describe(string call, bool isLogin)
        {
            var sorted = taken.Where(it => it.IsLogin == isLogin).Select(it => it.Milliseconds).Order().ToList();
            return sorted.Count == 0 ? $"no {call}" : $"{sorted.Count} {call} p50 {sorted[sorted.Count / 2]:0.0} p99 {sorted[(int)(sorted.Count * 0.99)]:0.0} ms";
        }
    }

    public async Task StopAsync()
    {
        over = true;
        await working;
        Assert.That(wrong, Is.Empty);
    }

    public async ValueTask DisposeAsync()
    {
        over = true;
        await working;
        foreach (var client in clients) client.Dispose();
    }

    private async Task WorkAsync(HttpClient client, bool logIn)
    {
        for (Answer? login = null; !over; Interlocked.Increment(ref rounds))
        {
            if (login is null || logIn)
            {
                login = await CallAsync(true, () => client.LoginAsync());
                Interlocked.Increment(ref logins);
                if (login is null) return;
            }
            for (var generation = 0; generation < GenerationsOfARound && !over; generation++)
            {
                if (await CallAsync(false, () => client.GenerateAsync(login.AccessToken)) is null) return;
                // People think in between, and stay below what one may ask for in a minute.
                await Task.Delay(TimeSpan.FromMilliseconds(150));
            }
        }
    }

    private async Task<Answer?> CallAsync(bool isLogin, Func<Task<Answer>> call)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await call();
        times.Add((isLogin, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        if (answer.Status == HttpStatusCode.OK) return answer;
        wrong.Enqueue($"{answer.Status}: {answer.Body}");
        return null;
    }
}
