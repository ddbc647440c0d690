using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Audit;

/// <summary>Refused keys and tokens in the log of failed logins.</summary>
public sealed class RefusedCredentialTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Each_kind_has_its_row_and_says_whose_it_was_where_that_is_certain()
    {
        var (login, other) = (await Client.LoginAsync(), await Client.LoginAsync());
        await Client.LoginAsync(apiKey: "another-key");
        await Client.GenerateAsync("x");
        await Client.GenerateAsync(HandMadeJwt.Forge(login.AccessToken, claims => claims["client_id"] = "another"));
        await Client.RefreshAsync("x");
        await Client.LogoutAsync(other.AccessToken);
        await Client.GenerateAsync(other.AccessToken);
        await Client.RefreshAsync(other.RefreshToken);
        await Client.RefreshAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromSeconds(11));
        await Client.RefreshAsync(login.RefreshToken);

        var account = HandMadeJwt.Payload(login.AccessToken).GetProperty("sub").GetString();
        Assert.That(await RowsAsync(7), Is.EquivalentTo(new[]
        {
            ("invalid_api_key", 1L, null, null), ("invalid_token", 1L, "default", null), ("wrong_client", 1L, "default", account),
            ("invalid_refresh_token", 1L, "default", null), ("revoked_token", 1L, "default", account),
            ("revoked_refresh_token", 1L, "default", account), ("refresh_token_reused", 1L, "default", account),
        }));
    }

    [Test]
    public async Task What_is_missing_or_has_merely_expired_leaves_no_row()
    {
        var login = await Client.LoginAsync();
        await Client.LoginAsync(apiKey: null);
        await Client.GenerateAsync(null);
        service.Clock.Advance(TimeSpan.FromDays(8));
        await Client.GenerateAsync(login.AccessToken);
        await Client.RefreshAsync(login.RefreshToken);
        await Client.GenerateAsync("x");

        Assert.That((await RowsAsync(1)).Single().Reason, Is.EqualTo("invalid_token"));
    }

    [Test]
    public async Task A_flood_is_a_handful_of_rows_and_a_true_count()
    {
        var calls = Proofs.Size(2_000, 100_000);
        var clock = Task.Run(async () =>
        {
            for (var second = 0; second < 90; second++)
            {
                service.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10);
            }
        });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (at, _) => await (at % 2 == 0 ? Client.LoginAsync(apiKey: "another-key") : Client.GenerateAsync("x")));
        await clock;
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.IsTrueAsync(() => Sum() == calls);
        Assert.That(service.Count("failed_logins"), Is.InRange(2, 6));
    }

    [Test]
    public async Task What_was_counted_before_a_stop_is_written_by_it()
    {
        using var directory = new TemporaryDirectory();
        await using (var before = await BhivService.StartAsync(directory: directory.Path))
        {
            await before.Client.LoginAsync(apiKey: "another-key");
            Assert.That(before.Count("failed_logins"), Is.Zero);
        }

        await using var after = await BhivService.StartAsync(directory: directory.Path);
        Assert.That(after.Count("failed_logins"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_stop_that_cannot_write_says_how_many_are_lost()
    {
        using var directory = new TemporaryDirectory();
        using var process = ServiceProcess.StartDevelopment(directory.Path);
        using var client = new HttpClient { BaseAddress = await process.AddressAsync() };
        using var other = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "bhiv.db")};Pooling=False");
        other.Open();
        using var held = other.BeginTransaction();
        for (var call = 0; call < 3; call++) await client.LoginAsync(apiKey: "another-key");
        await client.GenerateAsync("x");

        process.Terminate();

        Assert.That(await process.ExitCodeAsync(), Is.Zero, process.Output);
        await Eventually.IsTrueAsync(() => process.Output.Contains("4 refused keys and tokens", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_database_that_does_not_answer_loses_no_count()
    {
        await Client.GenerateAsync("x");
        using (var other = new SqliteConnection($"Data Source={service.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            // Longer than a write has patience.
            await Task.Delay(TimeSpan.FromSeconds(6));
            await Client.GenerateAsync("x");
            held.Rollback();
        }

        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => Sum() == 2);
        Assert.That(service.Count("failed_logins"), Is.EqualTo(1));
    }

    private long Sum() => service.Query("SELECT coalesce(sum(count), 0) FROM failed_logins", row => row.GetInt64(0)).Single();

    private async Task<List<(string Reason, long Count, string? Client, string? Account)>> RowsAsync(int count)
    {
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => service.Count("failed_logins") >= count);
        return service.Query(
            "SELECT reason, count, client_id, account_id, address FROM failed_logins",
            row =>
            {
                Assert.That(row.GetString(4), Is.EqualTo("127.0.0.1"));
                return (row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));
            });
    }
}
