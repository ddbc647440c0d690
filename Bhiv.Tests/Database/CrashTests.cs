using System.Net;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Database;

public sealed class CrashTests
{
    [Test]
    public async Task What_was_answered_before_a_kill_holds_after_it()
    {
        using var directory = new TemporaryDirectory();
        string refreshToken;
        using (var first = ServiceProcess.StartDevelopment(directory.Path))
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            refreshToken = (await client.LoginAsync()).RefreshToken;
            first.Kill();
        }

        using var second = ServiceProcess.StartDevelopment(directory.Path);
        using var again = new HttpClient { BaseAddress = await second.AddressAsync() };
        var refresh = await again.RefreshAsync(refreshToken);
        second.Kill();

        Assert.That(refresh.Status, Is.EqualTo(HttpStatusCode.OK));
        using var third = ServiceProcess.StartDevelopment(directory.Path);
        using var last = new HttpClient { BaseAddress = await third.AddressAsync() };
        Assert.That((await last.RefreshAsync(refresh.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await last.GenerateAsync(refresh.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>
    /// Several clients refresh and revoke without a rest while the process is killed at a random moment. What they were answered
    /// holds afterwards; of what they were not answered nothing is known, and a lost answer is asked for again.
    /// </summary>
    [Test]
    public async Task What_was_answered_under_load_holds_after_a_kill_at_any_moment()
    {
        const string leeway = "--Tokens:RefreshLeeway=00:01:00";
        using var directory = new TemporaryDirectory();
        var (rotations, revocations) = (0, 0);
        for (var round = 0; round < Proofs.Size(2, 30); round++)
        {
            var clients = new List<CrashingClient>();
            using (var process = ServiceProcess.StartDevelopment(directory.Path, leeway))
            {
                using var http = new HttpClient { BaseAddress = await process.AddressAsync() };
                for (var at = 0; at < 6; at++) clients.Add(new CrashingClient(http, await http.LoginAsync(), ends: at % 2 == 1));
                var load = Task.WhenAll(clients.Select(client => client.RunAsync()));
                // Once at least there is something to hold; other kills may come before the first answer.
                if (round == 0) await Eventually.IsTrueAsync(() => clients.Any(client => client.Rotations > 0));
                await Task.Delay(TestContext.CurrentContext.Random.Next(20, 600));
                process.Kill();
                await load;
            }

            using var again = ServiceProcess.StartDevelopment(directory.Path, leeway);
            using var after = new HttpClient { BaseAddress = await again.AddressAsync() };
            foreach (var client in clients)
            {
                foreach (var token in client.Acknowledged)
                    Assert.That((await after.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK), "an acknowledged rotation");
                foreach (var token in client.Revoked)
                    Assert.That((await after.RefreshAsync(token)).Code, Is.EqualTo("revoked_refresh_token"), "an acknowledged revocation");
                rotations += client.Rotations;
                revocations += client.Revoked.Count;
            }
            again.Kill();
            using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "bhiv.db")};Pooling=False");
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.That(check.ExecuteScalar(), Is.EqualTo("ok"));
        }
        TestContext.Out.WriteLine($"{rotations} rotations and {revocations} revocations acknowledged before the kills");
        Assert.That(rotations, Is.Positive);
    }

    /// <summary>Refreshes one session after the other, or one for ever; remembers only what it was answered.</summary>
    private sealed class CrashingClient(HttpClient client, Answer login, bool ends)
    {
        private string newest = login.RefreshToken;
        private bool unknown;

        public int Rotations { get; private set; }

        public List<string> Revoked { get; } = [];

        /// <summary>The newest token, unless its end was asked for and not answered.</summary>
        public IEnumerable<string> Acknowledged => unknown ? [] : [newest];

        public async Task RunAsync()
        {
            try
            {
                while (true)
                {
                    newest = (await client.RefreshAsync(newest)).RefreshToken;
                    Rotations++;
                    if (!ends || Rotations % 5 != 0) continue;
                    unknown = true;
                    Assert.That((await client.RevokeAsync(newest)).Status, Is.EqualTo(HttpStatusCode.OK));
                    Revoked.Add(newest);
                    newest = (await client.LoginAsync()).RefreshToken;
                    unknown = false;
                }
            }
            catch (HttpRequestException)
            {
                // Killed.
            }
        }
    }
}
