using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>Requests that are noise or almost right, at every endpoint of the service as a process: no 5xx, no hang, memory flat.</summary>
public sealed partial class FuzzTests
{
    private const int Connections = 48;

    /// <summary>How long an answer may take to begin or to go on before the request is taken for one that is not complete.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>How long the service may take to close after it was told that nothing more comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, int> outcomes = new();

    [Test]
    public async Task Whatever_is_sent_is_answered_or_refused()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BHIV_FUZZ_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        // A password has no shape that is known wherever it stands: one that is sent as a path or as a user agent is kept as one.
        using var directory = new TemporaryDirectory { IsInspected = false };
        using var service = ServiceProcess.StartDevelopment(directory.Path);
        service.IsInspected = false;
        var address = await service.AddressAsync();
        var valid = await ValidRequestsAsync(address);

        await FuzzAsync(address, valid, seed, Proofs.Size(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1)));
        var before = service.ResidentMebibytes;
        outcomes.Clear();
        var watch = Stopwatch.StartNew();
        await FuzzAsync(address, valid, seed + Connections, Proofs.Size(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)));

        var counts = string.Join(", ", outcomes.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"));
        TestContext.Out.WriteLine(
            $"seed {seed}, {watch.Elapsed:mm\\:ss}, {outcomes.Values.Sum()} exchanges ({counts}), {before} → {service.ResidentMebibytes} MiB");
        // 505 is Kestrel's own for a version of HTTP that it does not speak.
        Assert.That(outcomes.Keys.Where(outcome => outcome.StartsWith('5') && outcome != "505"), Is.Empty, $"seed {seed}: {service.Output}");
        Assert.That(outcomes.Keys, Has.None.EqualTo("hang").And.Some.EqualTo("200").And.Some.EqualTo("401"), $"seed {seed}");
        Assert.That(service.Output, Does.Not.Contain(" ERR ").And.Not.Contain(" FTL "), $"seed {seed}");
        Assert.That(service.ResidentMebibytes, Is.LessThan(before * 1.5 + 50), $"seed {seed}");
        using var client = new HttpClient { BaseAddress = address };
        Assert.That((await client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task FuzzAsync(Uri address, IReadOnlyList<byte[]> valid, int seed, TimeSpan duration) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            var mutator = new RequestMutator(new Random(seed + connection), valid);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
            {
                foreach (var outcome in await ExchangeAsync(address, mutator.Next()))
                    outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            }
        })));

    /// <summary>The status of each answer, "closed" where there was none, or "hang".</summary>
    private static async Task<IReadOnlyList<string>> ExchangeAsync(Uri address, byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var answer = new MemoryStream();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            await socket.SendAsync(request);
            if (!await ReadAsync(socket, answer, Quiet))
            {
                socket.Shutdown(SocketShutdown.Send);
                if (!await ReadAsync(socket, answer, Patience)) return ["hang"];
            }
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            // Refused in the middle of being sent: what came before that is still an answer.
        }
        var statuses = StatusLine().Matches(Encoding.Latin1.GetString(answer.ToArray())).Select(match => match.Groups[1].Value).ToList();
        return statuses.Count > 0 ? statuses : ["closed"];
    }

    /// <summary>Reads until the service closes; false when it was quiet for too long before.</summary>
    private static async Task<bool> ReadAsync(Socket socket, MemoryStream answer, TimeSpan quiet)
    {
        var buffer = new byte[8192];
        while (true)
        {
            using var patience = new CancellationTokenSource(quiet);
            try
            {
                var read = await socket.ReceiveAsync(buffer, patience.Token);
                if (read == 0) return true;
                answer.Write(buffer, 0, read);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static async Task<IReadOnlyList<byte[]>> ValidRequestsAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        var (login, ended) = (await client.LoginAsync(), await client.LoginAsync());
        const string credentials = """{"username":"admin","password":"bhiv2024"}""";
        var bearer = $"Authorization: Bearer {login.AccessToken}\r\n";
        var session = HandMadeJwt.Payload(ended.AccessToken).GetProperty("sid").GetString();
        string[] requests =
        [
            Post(Calls.Login, credentials, "Content-Type: application/json\r\n"),
            Post(Calls.Login, credentials, ""),
            Post(Calls.Login, "username=admin&password=wrong", "Content-Type: application/x-www-form-urlencoded\r\n"),
            // Neither is ever the right one: whoever logs in at the end does so with the password that is.
            Post(Calls.Login, """{"username":"admin","password":"wrong","new_password":"the kettle sang twice"}""", ""),
            Post(Calls.Password, """{"current_password":"wrong","new_password":"the kettle sang twice"}""", bearer),
            Post(Calls.Refresh, $$"""{"refresh_token":"{{login.RefreshToken}}"}""", "Content-Type: application/json\r\n"),
            Post(Calls.Generate, """{"prompt":"Modern office building, 3 floors, 20 x 15 m"}""", bearer),
            Post(Calls.Generate, """{"prompt":"Villa","style":"modern","constraints":["quiet"],"context":{"city":"Pune","plot":300}}""", bearer),
            Post(Calls.Revoke, $$"""{"token":"{{ended.RefreshToken}}","token_type_hint":"refresh_token"}""", ""),
            Post(Calls.Introspect, $"token={login.AccessToken}", "Content-Type: application/x-www-form-urlencoded\r\n"),
            Post(Calls.Introspect, $$"""{"token":"{{login.RefreshToken}}"}""", ""),
            Post(Calls.Logout, """{"scope":"other"}""", bearer),
            Post(Calls.Logout, "", $"Authorization: Bearer {ended.AccessToken}\r\n"),
            Post(Calls.Me, "", bearer).Replace("POST", "GET", StringComparison.Ordinal),
            Post(Calls.Sessions, "", bearer).Replace("POST", "GET", StringComparison.Ordinal),
            Post($"{Calls.Sessions}/{session}", "", bearer).Replace("POST", "DELETE", StringComparison.Ordinal),
            Post(Calls.Clients, """{"client_id":"default"}""", bearer),
            Post(Calls.ApiKeys, """{"client_id":"nobody","scopes":["auth","generate"],"expires_in_days":7}""", bearer),
            Post(Calls.RotateApiKey.At("4fT9kQ2mXb7L"), """{"overlap_days":1}""", bearer),
            Post(Calls.EnableClient.At("nobody"), "", bearer),
            Post(Calls.RevokeApiKey.At("4fT9kQ2mXb7L"), "", bearer).Replace("POST", "DELETE", StringComparison.Ordinal),
            .. new[]
            {
                $"{Calls.ApiKeys}?client_id=mobile",
                $"{Calls.FailedLogins}?limit=5&reason=invalid_token&address=127.0.0.1&username=admin&from=2026-01-01T00:00:00Z",
                $"{Calls.FailedLogins}?format=csv&limit=9&cursor=639090000000000000.01900000-0000-7000-8000-000000000001",
                $"{Calls.FailedLoginsByHour}?from=2026-11-01&until=2026-11-02T03:00:00Z",
                $"{Calls.AuditEvents}?format=ndjson&kind=session_revoked&client_id=default&cursor=639090000000000000.100",
            }.Select(path => Post(path, "", bearer).Replace("POST", "GET", StringComparison.Ordinal)),
            Post(Calls.Metrics, "", "").Replace("POST", "GET", StringComparison.Ordinal),
            .. new[] { "/openapi.json", "/swagger/index.html", "/docs", "/problems", "/nowhere", "/" }
                .Select(path => $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ];
        return [.. requests.Select(Encoding.UTF8.GetBytes)];
    }

    private static string Post(string path, string body, string headers) =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {Calls.ApiKey}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    [GeneratedRegex(@"^HTTP/1\.[01] (\d{3}) ", RegexOptions.Multiline)]
    private static partial Regex StatusLine();
}
