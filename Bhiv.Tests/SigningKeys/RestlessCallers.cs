using System.Collections.Concurrent;
using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.SigningKeys;

/// <summary>
/// Callers that each have a session, and at every moment generate, refresh, and now and then log in anew, at whichever process is ready.
/// One that gets any answer but 200 says so and goes.
/// </summary>
internal sealed class RestlessCallers
{
    private const int RoundsOfASession = 25;

    /// <summary>Processes that start beside full cores take three times as long.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly BalancedServices services;
    private readonly string password;
    private readonly ConcurrentDictionary<string, int> calls = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly List<Caller> callers;
    private readonly Task running;
    private volatile string apiKey;
    private volatile bool over;

    public RestlessCallers(int count, BalancedServices services, string password, string apiKey)
    {
        (this.services, this.password, this.apiKey) = (services, password, apiKey);
        callers = [.. Enumerable.Range(0, count).Select(at => new Caller(at))];
        running = Task.WhenAll(callers.Select(caller => Task.Run(() => RunAsync(caller))));
    }

    public int Calls => calls.Values.Sum();

    /// <summary>Returns once each of them has the new key and no call with another is under way.</summary>
    public Task ChangeOverAsync(string apiKey)
    {
        this.apiKey = apiKey;
        return UntilAsync(caller => caller.ApiKey == apiKey);
    }

    /// <summary>Returns once none of them holds a token that another key signed.</summary>
    public Task RefreshedAsync(string signingKeyId) => UntilAsync(caller => caller.SigningKeyId == signingKeyId);

    /// <summary>Returns once each of them has made a few more calls.</summary>
    public Task GoOnAsync()
    {
        var rounds = callers.ToDictionary(caller => caller, caller => caller.Round);
        return UntilAsync(caller => caller.Round >= rounds[caller] + 3);
    }

    /// <returns>How many calls there were, by kind.</returns>
    public async Task<string> StopAsync()
    {
        over = true;
        await running;
        AssertWell();
        return string.Join(", ", calls.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}"));
    }

    private async Task UntilAsync(Func<Caller, bool> condition)
    {
        await Eventually.IsTrueAsync(() => !wrong.IsEmpty || callers.All(condition), TimeSpan.FromSeconds(60));
        AssertWell();
    }

    private void AssertWell() => Assert.That(wrong, Is.Empty, $"{wrong.Count} of {callers.Count} callers, after {Calls} calls");

    private async Task RunAsync(Caller caller)
    {
        try
        {
            while (!over)
            {
                caller.ApiKey = apiKey;
                if (caller.Round % RoundsOfASession == 0)
                    caller.Take(await CallAsync(caller, "logins", client => client.LoginAsync(password: password, apiKey: caller.ApiKey)));
                await CallAsync(caller, "generations", client => client.GenerateAsync(caller.AccessToken, apiKey: caller.ApiKey));
                caller.Take(await CallAsync(caller, "refreshes", client => client.RefreshAsync(caller.RefreshToken, caller.ApiKey)));
                caller.Round++;
                await Task.Delay(Proofs.Size(Breath, TimeSpan.Zero));
            }
        }
        catch (Exception fault)
        {
            wrong.Enqueue(fault.Message);
        }
    }

    private async Task<Answer> CallAsync(Caller caller, string kind, Func<HttpClient, Task<Answer>> call)
    {
        var client = await services.PickAsync(caller.Turn++);
        var answer = await call(client);
        if (answer.Status != HttpStatusCode.OK)
            throw new HttpRequestException($"{kind} at {client.BaseAddress}: {(int)answer.Status} {answer.Body}");
        calls.AddOrUpdate(kind, 1, (_, count) => count + 1);
        return answer;
    }

    private sealed class Caller(int at)
    {
        private volatile string signingKeyId = "";
        private volatile string apiKey = "";
        private volatile int round;

        public int Turn { get; set; } = at;

        public int Round { get => round; set => round = value; }

        public string ApiKey { get => apiKey; set => apiKey = value; }

        public string AccessToken { get; private set; } = "";

        public string RefreshToken { get; private set; } = "";

        /// <summary>Of both its tokens.</summary>
        public string SigningKeyId => signingKeyId;

        public void Take(Answer tokens)
        {
            (AccessToken, RefreshToken) = (tokens.AccessToken, tokens.RefreshToken);
            signingKeyId = HandMadeJwt.Header(RefreshToken).GetProperty("kid").GetString()!;
        }
    }
}
