using System.Net;
using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Throttling;

/// <summary>What a caller meets whose logins fail, over real sockets and a real file.</summary>
public sealed class ThrottledLoginTests : DataDirectoryFixture
{
    private static readonly string[] Limits = ["--Throttle:FreeFailures=5", "--Throttle:FailuresPerAddress=20"];

    private CountingHasher hasher = null!;

    [Test]
    public async Task After_five_failures_the_right_password_is_not_looked_at_either()
    {
        await using var service = await StartAsync();
        for (var failure = 0; failure < 5; failure++)
            Assert.That((await service.Client.LoginAsync(password: "wrong")).Code, Is.EqualTo("invalid_credentials"));
        var hashes = hasher.Count;

        var turnedAway = await service.Client.LoginAsync();

        Assert.That((turnedAway.Status, turnedAway.Code), Is.EqualTo((HttpStatusCode.TooManyRequests, "too_many_attempts")));
        Assert.That(turnedAway.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(turnedAway.Json.GetProperty("error").GetString(), Is.EqualTo("slow_down"));
        Assert.That(hasher.Count, Is.EqualTo(hashes));
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_name_that_nobody_has_is_answered_like_one_that_somebody_has_byte_for_byte_at_each_step()
    {
        await using var service = await StartAsync();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var known = await service.Client.LoginAsync(password: "wrong");
            var unknown = await service.Client.LoginAsync("mallory", "wrong");

            Assert.That(Comparable(unknown), Is.EqualTo(Comparable(known)), $"attempt {attempt}");
            if (attempt == 5) service.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Test]
    public async Task An_account_that_is_disabled_is_answered_and_throttled_like_a_wrong_password()
    {
        await using var service = await StartAsync();
        service.Execute("UPDATE accounts SET disabled_at = 1");
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var hashes = hasher.Count;
            var disabled = await service.Client.LoginAsync();
            Assert.That(hasher.Count - hashes, Is.EqualTo(attempt < 5 ? 1 : 0));
            var unknown = await service.Client.LoginAsync("mallory", "wrong");
            Assert.That(Comparable(disabled), Is.EqualTo(Comparable(unknown)), $"attempt {attempt}");
        }
    }

    [Test]
    public async Task A_restart_forgives_nothing()
    {
        await using (var first = await StartAsync())
        {
            for (var failure = 0; failure < 5; failure++) await first.Client.LoginAsync(password: "wrong");
        }

        await using var second = await StartAsync();

        Assert.That((await second.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
    }

    [Test]
    public async Task Processes_on_one_database_share_the_count()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        for (var failure = 0; failure < 5; failure++) await (failure % 2 == 0 ? first : second).Client.LoginAsync(password: "wrong");

        Assert.That((await first.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
        Assert.That((await second.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
    }

    [Test]
    public async Task What_was_turned_away_is_counted_in_the_log_by_the_minute_and_names_the_account()
    {
        await using var service = await StartAsync();
        for (var failure = 0; failure < 5; failure++) await service.Client.LoginAsync(password: "wrong");
        for (var more = 0; more < 30; more++) await service.Client.LoginAsync(password: "wrong");
        await Eventually.IsTrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return service.Query("SELECT sum(count) FROM failed_logins WHERE reason = 'throttled'", row => row.IsDBNull(0) ? 0 : row.GetInt64(0))[0] >= 20;
        });

        Assert.That(
            service.Query("SELECT DISTINCT username, address FROM failed_logins WHERE reason = 'throttled'", row => (row.GetString(0), row.GetString(1))),
            Is.EqualTo(new[] { ("admin", "127.0.0.1") }));
    }

    [Test]
    public async Task Nothing_in_the_table_tells_which_names_were_tried()
    {
        await using var service = await StartAsync();
        await service.Client.LoginAsync("a-name-that-was-tried", "wrong");
        await service.Client.LoginAsync();

        var rows = service.Query("SELECT * FROM throttles", row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)));

        Assert.That(rows, Has.Count.EqualTo(4), "name at address, name and address; and the account at the address");
        Assert.That(rows, Has.None.Contain("a-name").And.None.Contain("admin").And.None.Contain("127.0"));
    }

    [Test]
    public async Task Logins_that_are_right_write_their_throttle_once_a_day()
    {
        await using var service = await StartAsync();
        await service.Client.LoginAsync();
        var version = Version();
        for (var login = 0; login < 10; login++)
        {
            service.Clock.Advance(TimeSpan.FromHours(2));
            await service.Client.LoginAsync();
        }
        Assert.That(Version(), Is.EqualTo(version));

        service.Clock.Advance(TimeSpan.FromHours(4));
        await service.Client.LoginAsync();

        Assert.That(Version(), Is.GreaterThan(version));

        long Version() => service.Query("SELECT version FROM throttles", row => row.GetInt64(0)).Single();
    }

    [Test]
    public async Task A_hundred_logins_at_once_from_one_place_all_pass()
    {
        await using var service = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => service.Client.LoginAsync()));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
    }

    private Task<BhivService> StartAsync() => BhivService.StartAsync(
        arguments: Limits, directory: DataDirectory, replace: services => services.AddSingleton<IPasswordHasher>(Count));

    private CountingHasher Count(IServiceProvider services) =>
        hasher = new CountingHasher(ActivatorUtilities.CreateInstance<Argon2idPasswordHasher>(services));

    /// <summary>All of the answer but what is of this one call.</summary>
    private static string Comparable(Answer answer)
    {
        var trace = answer.Json.GetProperty("trace_id").GetString()!;
        var headers = answer.Response.Headers.Concat(answer.Response.Content.Headers)
            .Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return $"{answer.Status}\n{string.Join('\n', headers)}\n{answer.Body.Replace(trace, "", StringComparison.Ordinal)}";
    }

    private sealed class CountingHasher(Argon2idPasswordHasher hasher) : IPasswordHasher
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken) => hasher.HashAsync(password, cancellationToken);

        public Task<bool> VerifyAsync(PlainTextPassword password, PasswordHash? hash, bool isUrgent, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref count);
            return hasher.VerifyAsync(password, hash, isUrgent, cancellationToken);
        }

        public bool IsOutdated(PasswordHash hash) => hasher.IsOutdated(hash);
    }
}
