using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Tokens;

/// <summary>What every store of sessions must do, on a real database.</summary>
public sealed class SessionStoreTests
{
    private static readonly TokenOptions Policy = new();
    private static readonly Caller Caller = new(ClientId.Default, "192.0.2.1", "curl/8");

    private BhivService service = null!;
    private ISessionStore store = null!;
    private Account account = null!;
    private DateTimeOffset now;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        store = service.Services.GetRequiredService<ISessionStore>();
        account = (await service.Services.GetRequiredService<IAccountStore>().FindByNameAsync(AccountName.Of("admin"), default))!;
        now = service.Clock.GetUtcNow().AddMicroseconds(123_457);
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task What_was_stored_is_read_back_to_the_microsecond()
    {
        var session = await AddAsync();

        var (read, owner) = (await store.FindAsync(session.Id, default))!;

        Assert.That(read with { Secret = session.Secret }, Is.EqualTo(session));
        Assert.That(read.Secret.ToBytes(), Is.EqualTo(session.Secret.ToBytes()));
        Assert.That(owner.Id, Is.EqualTo(account.Id));
    }

    [Test]
    public async Task A_rotation_changes_the_one_row()
    {
        var session = await AddAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        var next = await store.TryRotateAsync(
            session, now => session.Rotate(Caller with { Address = "192.0.2.2" }, "key2", Policy, now), default);

        Assert.That(next!.RotatedAt, Is.EqualTo(service.Clock.GetUtcNow()), "the time of its turn");
        Assert.That((await store.FindAsync(session.Id, default))!.Session with { Secret = next.Secret }, Is.EqualTo(next));
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_two_rotations_from_one_generation_one_succeeds()
    {
        var session = await AddAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RotateAsync(session))));

        Assert.That(outcomes.Count(rotated => rotated is not null), Is.EqualTo(1));
    }

    [TestCase("UPDATE refresh_tokens SET revoked_at = 1")]
    [TestCase("UPDATE refresh_tokens SET generation = 1")]
    [TestCase("UPDATE accounts SET epoch = epoch + 1")]
    [TestCase("UPDATE accounts SET disabled_at = 1")]
    [TestCase("DELETE FROM refresh_tokens")]
    public async Task A_session_that_changed_in_between_does_not_rotate(string change)
    {
        var session = await AddAsync();
        service.Execute(change);

        Assert.That(await RotateAsync(session), Is.Null);
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    public async Task It_rotates_until_it_expires_and_not_at_that_instant(long microseconds, bool expected)
    {
        var session = await AddAsync();
        service.Clock.SetUtcNow(session.ExpiresAt.AddMicroseconds(microseconds));

        Assert.That(await RotateAsync(session) is not null, Is.EqualTo(expected));
    }

    [TestCase("UPDATE accounts SET epoch = epoch + 1")]
    [TestCase("UPDATE accounts SET disabled_at = 1")]
    public async Task A_login_that_lost_against_a_change_of_its_account_leaves_nothing_behind(string change)
    {
        service.Execute(change);

        Assert.That(await store.TryAddAsync(NewSession(), default), Is.EqualTo(SessionAddition.AccountChanged));
        Assert.That(service.Count("refresh_tokens"), Is.Zero);
    }

    [Test]
    public async Task An_id_that_nobody_has_finds_nothing() =>
        Assert.That(await store.FindAsync(SessionId.New(now), default), Is.Null);

    [TestCase(-1, 0)]
    [TestCase(0, 2)]
    [TestCase(1, 2)]
    public async Task A_purge_takes_a_session_a_day_after_it_expired_and_not_sooner_revoked_or_not(
        long microseconds, int expected)
    {
        var session = await AddAsync();
        service.Execute("UPDATE refresh_tokens SET revoked_at = 1, revoked_reason = 'logout'");
        await AddAsync();

        var purged = await store.PurgeAsync(session.ExpiresAt.AddDays(1).AddMicroseconds(microseconds), 10, default);

        Assert.That(purged, Is.EqualTo(expected));
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(2 - expected));
        Assert.That(service.Count("accounts"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_purge_takes_what_it_was_asked_for_and_what_expired_first_before_the_others()
    {
        // The other way round than they were made: it is neither the order of the rows nor that of their ids.
        var sessions = new List<Session>();
        for (var day = 5; day > 0; day--)
        {
            var session = NewSession();
            sessions.Insert(0, session with { ExpiresAt = session.ExpiresAt.AddDays(day) });
            Assert.That(await store.TryAddAsync(sessions[0], default), Is.EqualTo(SessionAddition.Added));
        }
        var fourAreDead = sessions[3].ExpiresAt.AddDays(1);

        Assert.That(await store.PurgeAsync(fourAreDead, 3, default), Is.EqualTo(3));
        Assert.That(await ExistAsync(sessions), Is.EqualTo(new[] { false, false, false, true, true }));
        Assert.That(await store.PurgeAsync(fourAreDead, 3, default), Is.EqualTo(1));
        Assert.That(await store.PurgeAsync(fourAreDead, 3, default), Is.Zero);
        Assert.That(await ExistAsync(sessions), Is.EqualTo(new[] { false, false, false, false, true }));
    }

    private async Task<bool[]> ExistAsync(IEnumerable<Session> sessions)
    {
        var exist = new List<bool>();
        foreach (var session in sessions) exist.Add(await store.FindAsync(session.Id, default) is not null);
        return [.. exist];
    }

    private Task<Session?> RotateAsync(Session session) =>
        store.TryRotateAsync(session, now => session.Rotate(Caller, "kid", Policy, now), default);

    private async Task<Session> AddAsync()
    {
        var session = NewSession();
        Assert.That(await store.TryAddAsync(session, default), Is.EqualTo(SessionAddition.Added));
        return session;
    }

    private Session NewSession() => Session.Start(account, Caller, "kid", Policy, now);
}
