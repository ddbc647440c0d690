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

        Assert.That(await store.TryAddAsync(NewSession(), default), Is.False);
        Assert.That(service.Count("refresh_tokens"), Is.Zero);
    }

    [Test]
    public async Task An_id_that_nobody_has_finds_nothing() =>
        Assert.That(await store.FindAsync(SessionId.New(now), default), Is.Null);

    private Task<Session?> RotateAsync(Session session) =>
        store.TryRotateAsync(session, now => session.Rotate(Caller, "kid", Policy, now), default);

    private async Task<Session> AddAsync()
    {
        var session = NewSession();
        Assert.That(await store.TryAddAsync(session, default), Is.True);
        return session;
    }

    private Session NewSession() => Session.Start(account, Caller, "kid", Policy, now);
}
