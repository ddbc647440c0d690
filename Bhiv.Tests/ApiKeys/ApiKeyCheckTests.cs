using System.Data.Common;
using System.Net;
using Bhiv.Domain.ApiKeys;
using Bhiv.Infrastructure.ApiKeys;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.ApiKeys;

/// <summary>How a presented key is judged: in memory, by the microsecond, and with a reason.</summary>
public sealed class ApiKeyCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Client Mobile = new() { Id = new ClientId("mobile"), CreatedAt = Now };

    private readonly FakeTimeProvider clock = new(Now);

    [Test]
    public async Task To_judge_a_key_reads_no_database()
    {
        var commands = new CommandCount();
        await using var service = await BhivService.StartAsync(replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(commands)));
        var (good, expired, revoked) = (await service.MakeKeyAsync(), await service.MakeExpiredKeyAsync(), await service.MakeRevokedKeyAsync());
        var token = (await service.Client.LoginAsync(apiKey: good.Text)).AccessToken;
        var before = commands.Count;

        Assert.That((await service.Client.GenerateAsync(token, apiKey: good.Text)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.GenerateAsync(token, apiKey: expired.Text)).Code, Is.EqualTo("expired_api_key"));
        Assert.That((await service.Client.GenerateAsync(token, apiKey: revoked.Text)).Code, Is.EqualTo("revoked_api_key"));
        Assert.That((await service.Client.GenerateAsync(token, apiKey: "another")).Code, Is.EqualTo("invalid_api_key"));

        Assert.That(before, Is.GreaterThan(0));
        Assert.That(commands.Count, Is.EqualTo(before));
    }

    [Test]
    public async Task A_use_that_cannot_be_written_stops_nothing_and_is_written_with_the_next()
    {
        var commands = new CommandCount();
        await using var service = await BhivService.StartAsync(replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(commands)));
        await service.Client.LoginAsync();
        service.Execute("ALTER TABLE api_keys RENAME TO gone");

        // The uses are written each ten seconds, and each minute somebody looks how old the keys are.
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.IsTrueAsync(() => commands.Failures >= 2);
        service.Execute("ALTER TABLE gone RENAME TO api_keys");
        service.Clock.Advance(TimeSpan.FromSeconds(10));

        await Eventually.IsTrueAsync(() => service.Query("SELECT last_used_at FROM api_keys", row => !row.IsDBNull(0)).Single());
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_mistyped_key_is_told_apart_from_one_that_nobody_has()
    {
        await using var service = await BhivService.StartAsync();
        var key = (await service.MakeKeyAsync()).Text;
        var swapped = key[..^1] + (key[^1] == 'x' ? 'y' : 'x');

        foreach (var mistyped in new[] { key.ToLowerInvariant(), key[..^1], key[..20], key + "0", swapped, "bhiv_" })
        {
            var refused = await service.Client.LoginAsync(apiKey: mistyped);
            Assert.That((refused.Code, refused.Json.Text("detail")), Is.EqualTo(
                ("invalid_api_key", "Its checksum does not match: it was mistyped, cut off or changed to another case.")), mistyped[..5]);
        }
        var unknown = await service.Client.LoginAsync(apiKey: PlainTextApiKey.Generate().Reveal());
        Assert.That((unknown.Code, unknown.Json.Text("detail")), Is.EqualTo(("invalid_api_key", "No client has this API key.")));
    }

    [TestCase(-1, ApiKeyState.Good)]
    [TestCase(0, ApiKeyState.Expired)]
    [TestCase(1, ApiKeyState.Expired)]
    public void A_key_is_good_until_it_expires_and_not_at_that_instant(int microseconds, ApiKeyState expected)
    {
        var (index, text) = (NewIndex(), PlainTextApiKey.Generate());
        var key = ApiKey.Create(Mobile.Id, text, Scopes.Auth, TimeSpan.FromDays(30), Now);
        index.Take(new ApiKeyIndex.Rows(1, [Mobile], [key]));

        Assert.That(index.Find(text)!.Judge(Now.AddDays(30).AddMicroseconds(microseconds)), Is.EqualTo(expected));
    }

    [Test]
    public void What_was_decided_goes_before_what_has_merely_passed()
    {
        var key = ApiKey.Create(Mobile.Id, PlainTextApiKey.Generate(), Scopes.Auth, TimeSpan.FromDays(30), Now);
        var (late, disabled) = (Now.AddDays(31), Mobile with { DisabledAt = Now });

        Assert.That((key with { RevokedAt = Now }).Judge(disabled, late), Is.EqualTo(ApiKeyState.Revoked));
        Assert.That(key.Judge(disabled, late), Is.EqualTo(ApiKeyState.ClientDisabled));
        Assert.That(key.Judge(Mobile, late), Is.EqualTo(ApiKeyState.Expired));
    }

    [Test]
    public void What_is_older_than_what_is_known_changes_nothing()
    {
        var (index, text) = (NewIndex(), PlainTextApiKey.Generate());
        var key = ApiKey.Create(Mobile.Id, text, Scopes.Auth, TimeSpan.FromDays(30), Now);
        index.Take(new ApiKeyIndex.Rows(7, [Mobile], [key with { RevokedAt = Now }]));

        index.Take(new ApiKeyIndex.Rows(6, [Mobile], [key]));

        Assert.That(index.Find(text)!.Judge(Now), Is.EqualTo(ApiKeyState.Revoked));
        index.Take(new ApiKeyIndex.Rows(8, [Mobile], []));
        Assert.That(index.Find(text), Is.Null);
    }

    [Test]
    public void A_key_of_the_environment_is_known_before_any_store_has_seen_it_and_revoked_when_the_store_says_so()
    {
        var text = new PlainTextApiKey("bhiv-secret-key-2024"u8.ToArray());
        var index = NewIndex(text);
        index.Take(new ApiKeyIndex.Rows(1, [], []));
        var unseen = index.Find(text)!;

        index.Take(new ApiKeyIndex.Rows(2, [], [ApiKey.FromEnvironment(text, Scopes.None, Now) with { RevokedAt = Now }]));

        Assert.That((unseen.Judge(Now), unseen.Key.Scopes), Is.EqualTo((ApiKeyState.Good, Scopes.All)));
        Assert.That(index.Find(text)!.Judge(Now), Is.EqualTo(ApiKeyState.Revoked));
    }

    [Test]
    public void A_use_is_kept_once_a_second_and_taken_once()
    {
        var index = NewIndex();
        var id = new ApiKeyId("key");
        Assert.That(index.IsUseNews(id, Now), Is.True);

        index.MarkUsed(new ApiKeyUse(id, Now, "192.0.2.1", null));

        Assert.That(index.IsUseNews(id, Now.AddMilliseconds(999)), Is.False);
        Assert.That(index.IsUseNews(id, Now.AddSeconds(1)), Is.True);
        Assert.That(index.IsUseNews(id, Now.AddSeconds(-1)), Is.True, "a clock that stepped back hides nothing for long");
        var uses = index.TakeUses();
        Assert.That(uses.Select(use => use.At), Is.EqualTo(new[] { Now }));
        Assert.That(index.TakeUses(), Is.Empty);
        index.GiveBack(uses);
        Assert.That(index.TakeUses(), Is.EqualTo(uses));
    }

    [TestCase("a", true)]
    [TestCase("mobile", true)]
    [TestCase("a.b-c_9", true)]
    [TestCase("9", true)]
    [TestCase("", false)]
    [TestCase("-a", false)]
    [TestCase("a.", false)]
    [TestCase("A", false)]
    [TestCase("a b", false)]
    [TestCase("a\n", false)]
    [TestCase("ä", false)]
    public void A_client_is_called_in_small_letters_and_digits(string id, bool valid)
    {
        Assert.That(ClientId.IsValid(id), Is.EqualTo(valid));
        Assert.That(ClientId.IsValid(new string('c', ClientId.MaximumLength)), Is.True);
        Assert.That(ClientId.IsValid(new string('c', ClientId.MaximumLength + 1)), Is.False);
    }

    private ApiKeyIndex NewIndex(PlainTextApiKey? environment = null) =>
        new(new EnvironmentApiKeys(environment ?? PlainTextApiKey.Generate()), new ApiKeyOptions(), clock);

    private sealed class CommandCount : DbCommandInterceptor
    {
        private int count;
        private int failures;

        public int Count => Volatile.Read(ref count);

        public int Failures => Volatile.Read(ref failures);

        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            Interlocked.Increment(ref count);
            return result;
        }

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref failures);
            return Task.CompletedTask;
        }
    }
}
