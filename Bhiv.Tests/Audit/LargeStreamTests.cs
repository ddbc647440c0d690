using System.Diagnostics;
using System.Net.Http.Headers;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Audit;

/// <summary>The whole log as a stream, from the service as a process.</summary>
public sealed class LargeStreamTests
{
    private static readonly int Rows = Proofs.Size(small: 200_000, full: 1_000_000);

    private TemporaryDirectory directory = null!;
    private ServiceProcess service = null!;
    private HttpClient client = null!;
    private string token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        directory = new TemporaryDirectory();
        service = ServiceProcess.StartDevelopment(directory.Path);
        client = new HttpClient { BaseAddress = await service.AddressAsync() };
        token = (await client.LoginAsync()).AccessToken;
        Execute($"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Rows})
            INSERT INTO failed_logins (failed_login_id, at, client_id, address, user_agent, reason, trace_id)
            SELECT printf('%08x-%04x-7000-8000-000000000000', n >> 16, n & 65535), 1700000000000000 + n / 10, 'default', '192.0.2.1',
                '{new string('m', 250)}', 'invalid_token', hex(randomblob(16))
            FROM number
            """);
        // Once whole, so that what a run needs by itself is there before it is measured.
        await client.GetAsync(Calls.FailedLogins + "?limit=1000", token);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        client.Dispose();
        service.Dispose();
        directory.Dispose();
    }

    [TestCase("ndjson")]
    [TestCase("csv")]
    public async Task Every_row_is_streamed_in_bounded_memory(string format)
    {
        var (before, peak, lines) = (service.ResidentMebibytes, 0L, 0);
        var watch = Stopwatch.StartNew();
        using var response = await SendAsync(format);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is not null)
        {
            if (++lines % 5_000 == 0) peak = Math.Max(peak, service.ResidentMebibytes);
        }

        await TestContext.Out.WriteLineAsync($"{lines} lines of {format} in {watch.Elapsed.TotalSeconds:F1} s, {before} → {peak} MiB at most");
        Assert.That(lines, Is.EqualTo(format == "csv" ? Rows + 1 : Rows));
        // Under load the runtime lets its heap grow by some 80 by itself; the rows together would be 170, and 850 at full size.
        Assert.That(peak, Is.LessThan(before + 120));
    }

    [Test]
    public async Task A_caller_that_does_not_read_on_keeps_no_write_waiting_and_the_log_of_writes_can_be_emptied()
    {
        using var response = await SendAsync("csv");
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[1000]);

        Assert.That((await client.LoginAsync()).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        // Until the buffers between the two are full, the service reads on.
        await Eventually.IsTrueAsync(() => Execute("PRAGMA wal_checkpoint(TRUNCATE)") == 0, TimeSpan.FromSeconds(10));
    }

    [TestCase("ndjson")]
    [TestCase("csv")]
    public async Task A_stream_that_fails_on_its_way_is_cut_off_and_not_ended(string format)
    {
        using var response = await SendAsync(format);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[1000]);

        Execute("ALTER TABLE failed_logins RENAME TO gone");

        try
        {
            Assert.That(() => stream.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>());
        }
        finally
        {
            Execute("ALTER TABLE gone RENAME TO failed_logins");
        }
    }

    private Task<HttpResponseMessage> SendAsync(string format)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Calls.FailedLogins}?format={format}");
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private long Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "bhiv.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }
}
