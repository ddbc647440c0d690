using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Audit;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Audit;

/// <summary>What becomes of failures when their day has had its rows; here that is ten of each kind, and the service begins at noon.</summary>
public sealed class FullDayTests
{
    private const int Rows = 10;

    private static readonly string[] Details = ["address", "user_agent", "trace_id", "username_hash"];

    private FakeTimeProvider clock = null!;
    private TemporaryDirectory directory = null!;
    private RecordedLog<FailedLoginWriter> log = null!;
    private BhivService service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        directory = new TemporaryDirectory();
        log = new();
        service = await StartServiceAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Test]
    public async Task Each_refused_password_is_there_when_it_is_answered_and_the_rows_are_bounded()
    {
        for (var attempt = 1; attempt <= 40; attempt++)
        {
            await (attempt % 2 == 0 ? service.Client.LoginAsync($"nobody-{attempt}") : service.Client.LoginAsync(password: "wrong"));
            Assert.That(Sum(), Is.EqualTo(attempt));
        }

        Assert.That(Detailed(), Is.EqualTo(2 * Rows), "half of them about an account, half about names that nobody has");
        var folded = service.Query(
            $"SELECT reason, count, username, client_id, account_id IS NULL FROM failed_logins WHERE {string.Join(" AND ", Details.Select(it => it + " IS NULL"))}",
            row => (row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetBoolean(4)));
        Assert.That(folded, Is.EquivalentTo(new[] { ("wrong_password", 10L, "admin", "default", false), ("unknown_account", 10L, null, "default", true) }));
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => Filled() == 2);
        clock.Advance(TimeSpan.FromHours(1));
        for (var attempt = 0; attempt < 3; attempt++) await service.Client.LoginAsync(password: "wrong");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Total(), Is.EqualTo(2 * Rows + 3), "a row for another hour");
        Assert.That(Filled(), Is.EqualTo(2));

        int Filled() => log.Lines.Count(line => line.StartsWith("FailedLoginDayFilled: ", StringComparison.Ordinal));
    }

    /// <summary>From many networks anybody sends keys and tokens without end, and names that nobody has almost so.</summary>
    [Test]
    public async Task However_many_keys_and_unknown_names_were_tried_a_guess_at_an_account_has_its_row()
    {
        for (var minute = 0; minute < Rows + 5; minute++)
        {
            await service.Client.LoginAsync(apiKey: "another-key");
            await service.Client.LoginAsync($"nobody-{minute}");
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        await Eventually.IsTrueAsync(() => Sum() == 2 * (Rows + 5));

        await service.Client.LoginAsync(password: "wrong");

        Assert.That(
            service.Query("SELECT username, address, trace_id IS NOT NULL FROM failed_logins WHERE reason = 'wrong_password'",
                row => (row.GetString(0), row.GetString(1), row.GetBoolean(2))),
            Is.EqualTo(new[] { ("admin", "127.0.0.1", true) }));
    }

    [Test]
    public async Task Keys_and_tokens_are_there_within_a_second_and_the_rows_are_bounded()
    {
        var attempts = 0;
        for (var minute = 0; minute < 30; minute++, attempts += 2)
        {
            await service.Client.GenerateAsync("x");
            await service.Client.LoginAsync(apiKey: "another-key");
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Eventually.IsTrueAsync(() => Sum() == attempts);
        Assert.That(Detailed(), Is.EqualTo(Rows));
        Assert.That(Total(), Is.EqualTo(Rows + 2));
    }

    [Test]
    public async Task A_restart_forgets_neither_the_bound_nor_a_count()
    {
        for (var run = 0; run < 3; run++)
        {
            for (var attempt = 0; attempt < 8; attempt++)
            {
                await service.Client.LoginAsync(password: "wrong");
                if (attempt < 5) await service.Client.LoginAsync("nobody");
                if (attempt < 2) await service.Client.LoginAsync(apiKey: "another-key");
                clock.Advance(TimeSpan.FromMinutes(1));
            }
            await service.DisposeAsync();
            service = await StartServiceAsync();
        }

        Assert.That(Detailed(), Is.EqualTo(Rows + Rows + 6));
        Assert.That(Sum(), Is.EqualTo(24 + 15 + 6));
    }

    [Test]
    public async Task At_midnight_there_are_rows_again()
    {
        for (var attempt = 0; attempt < 15; attempt++) await service.Client.LoginAsync(password: "wrong");
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromTicks(10));
        for (var attempt = 0; attempt < 3; attempt++) await service.Client.LoginAsync(password: "wrong");
        Assert.That(Detailed(), Is.EqualTo(Rows), "a microsecond before");

        clock.Advance(TimeSpan.FromTicks(10));
        for (var attempt = 0; attempt < 15; attempt++) await service.Client.LoginAsync(password: "wrong");

        Assert.That(Detailed(), Is.EqualTo(2 * Rows));
        Assert.That(Sum(), Is.EqualTo(33));
    }

    /// <summary>Or its time would tell who is known, when the rows of one kind are used up and those of another are not.</summary>
    [Test]
    public async Task A_refused_password_writes_its_own_count_and_waits_for_nobody_elses()
    {
        var store = service.Services.GetRequiredService<FailedLoginStore>();
        for (var attempt = 0; attempt < Rows; attempt++) await store.AddAsync(Failure());
        for (var network = 0; network < 100; network++)
            store.Count(FailedLogin.OfCredential(FailedLoginReason.InvalidApiKey, null, null, $"203.0.113.{network}", clock.GetUtcNow()));

        await store.AddAsync(Failure());

        Assert.That((Sum(), Total()), Is.EqualTo((Rows + 1, Rows + 1)));
        await store.WriteCountsAsync(clock.GetUtcNow());
        Assert.That(Sum(), Is.EqualTo(Rows + 1 + 100));
    }

    /// <summary>They share transactions, and none returns before its own is on the disk.</summary>
    [Test]
    public async Task However_many_fail_at_once_each_is_durable_when_its_write_returns()
    {
        var store = service.Services.GetRequiredService<FailedLoginStore>();
        for (var attempt = 0; attempt < Rows; attempt++) await store.AddAsync(Failure());
        using var over = new CancellationTokenSource();
        // As the writer does each second, and all the time: it takes what others are about to write.
        var others = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await store.WriteCountsAsync(clock.GetUtcNow());
        })).ToList();
        var attempts = Proofs.Size(400, 5_000);
        var returned = Rows;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, attempts),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (_, _) =>
            {
                await store.AddAsync(Failure());
                var durable = Interlocked.Increment(ref returned);
                if (Sum() < durable) Assert.Fail($"{durable} had returned, and fewer were written.");
            });
        await over.CancelAsync();
        await Task.WhenAll(others);

        Assert.That(Sum(), Is.EqualTo(Rows + attempts));
        Assert.That(Total(), Is.EqualTo(Rows + 1));
    }

    [Test]
    public async Task What_cannot_be_written_is_refused_and_counted_when_it_can()
    {
        var store = service.Services.GetRequiredService<IFailedLoginStore>();
        for (var attempt = 0; attempt < Rows; attempt++) await store.AddAsync(Failure());
        using (var other = new SqliteConnection($"Data Source={service.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();
            var failing = Enumerable.Range(0, 5).Select(_ => store.AddAsync(Failure())).ToList();
            foreach (var one in failing) Assert.That(async () => await one, Throws.InstanceOf<Domain.StoreUnavailableException>());
            held.Rollback();
        }

        await store.AddAsync(Failure());

        Assert.That(Sum(), Is.EqualTo(Rows + 6));
        Assert.That(Total(), Is.EqualTo(Rows + 1));
    }

    [Test]
    public async Task A_row_that_could_not_be_written_is_left_to_the_day()
    {
        var store = service.Services.GetRequiredService<IFailedLoginStore>();
        using (var other = new SqliteConnection($"Data Source={service.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();
            Assert.That(async () => await store.AddAsync(Failure()), Throws.InstanceOf<Domain.StoreUnavailableException>());
            held.Rollback();
        }

        for (var attempt = 0; attempt <= Rows; attempt++) await store.AddAsync(Failure());

        Assert.That((Detailed(), Sum()), Is.EqualTo((Rows, Rows + 1)));
    }

    private Task<BhivService> StartServiceAsync() => BhivService.StartAsync(
        directory: directory.Path,
        clock: clock,
        replace: services => services.AddSingleton(new FailedLoginDays(Rows)).AddSingleton<ILogger<FailedLoginWriter>>(log));

    private FailedLogin Failure() => FailedLogin.OfCredential(
        FailedLoginReason.WrongPassword, null, new ClientId("default"), "192.0.2.1", clock.GetUtcNow());

    private long Sum() => service.Query("SELECT coalesce(sum(count), 0) FROM failed_logins", row => row.GetInt64(0)).Single();

    private long Total() => service.Count("failed_logins");

    private long Detailed() => service.Query("SELECT count(*) FROM failed_logins WHERE address IS NOT NULL", row => row.GetInt64(0)).Single();
}
