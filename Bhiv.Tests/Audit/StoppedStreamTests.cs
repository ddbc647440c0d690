using System.Net.Http.Headers;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Audit;

/// <summary>A stream lasts as long as its reader likes, and a stop does not.</summary>
public sealed class StoppedStreamTests
{
    private const int Rows = 50_000;

    [TestCase("ndjson")]
    [TestCase("csv")]
    public async Task A_stop_waits_for_no_reader_and_cuts_his_stream(string format)
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var token = (await client.LoginAsync()).AccessToken;
        Fill(directory.Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Calls.FailedLogins}?format={format}");
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[1000]);

        service.Terminate();

        Assert.That(service.EndsWithin(TimeSpan.FromSeconds(20)), Is.True, "whoever does not read is let go after half a minute at best");
        Assert.That(await service.ExitCodeAsync(), Is.Zero, service.Output);
        Assert.That(() => stream.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>(), "he does not take it for whole");
        await Eventually.IsTrueAsync(() => service.Output.Contains("rows was cut", StringComparison.Ordinal));
        Assert.That(service.Output, Does.Not.Contain("ERR"));
    }

    private static void Fill(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "bhiv.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Rows})
            INSERT INTO failed_logins (failed_login_id, at, client_id, address, user_agent, reason, trace_id)
            SELECT printf('%08x-%04x-7000-8000-000000000000', n >> 16, n & 65535), unixepoch() * 1000000 + n, 'default', '192.0.2.1',
                '{new string('m', 250)}', 'invalid_token', hex(randomblob(16))
            FROM number
            """;
        command.ExecuteNonQuery();
    }
}
