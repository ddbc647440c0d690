using System.Linq.Expressions;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Bhiv.Tests.Tokens;

public sealed class RefreshServiceTests
{
    private static readonly Caller Caller = new(ClientId.Default);

    private static readonly Expression<Func<ISessionStore, Task<Session?>>> Rotation = store =>
        store.TryRotateAsync(It.IsAny<Session>(), It.IsAny<Func<DateTimeOffset, Session>>(), It.IsAny<CancellationToken>());

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private TokenOptions policy = null!;
    private Mock<IRefreshTokens> refreshTokens = null!;
    private Mock<ISessionStore> sessions = null!;
    private Mock<IAuditEventStore> auditEvents = null!;
    private Mock<IFailedLoginStore> failedLogins = null!;
    private RefreshService service = null!;
    private SessionOfAccount stored = null!;

    [SetUp]
    public void Arrange() => Arrange(new TokenOptions());

    private void Arrange(TokenOptions options)
    {
        policy = options;
        var account = Account.FromEnvironment(AccountName.Of("alice"), new PasswordHash("hash"), clock.GetUtcNow());
        stored = new SessionOfAccount(Session.Start(account, Caller, "kid", policy, clock.GetUtcNow()), account);
        var (session, _) = stored;
        refreshTokens = new Mock<IRefreshTokens>();
        refreshTokens.Setup(tokens => tokens.Issue(It.IsAny<Session>())).Returns((Session it) => $"generation {it.Generation}");
        refreshTokens.Setup(tokens => tokens.Read("present", It.IsAny<DateTimeOffset>())).Returns(
            new TokenReading<RefreshTokenClaims>.Valid(
                new RefreshTokenClaims(account.Id, session.Id, 0, session.Secret.RefreshTokenId(0))));
        auditEvents = new Mock<IAuditEventStore>();
        failedLogins = new Mock<IFailedLoginStore>();
        sessions = new Mock<ISessionStore>();
        sessions.Setup(store => store.FindAsync(session.Id, It.IsAny<CancellationToken>())).ReturnsAsync(() => stored);
        service = new RefreshService(
            refreshTokens.Object, sessions.Object, auditEvents.Object, failedLogins.Object, new Alarms(clock),
            new TokenIssuer(Mock.Of<IAccessTokens>(), refreshTokens.Object, policy),
            new SigningKeyRing(new SigningKeySet(new SigningKey("secret"))), policy, new BhivMetrics(), clock, NullLogger<RefreshService>.Instance);
    }

    [TestCase(TokenFault.Malformed, RefreshRefusal.Invalid)]
    [TestCase(TokenFault.BadSignature, RefreshRefusal.Invalid)]
    [TestCase(TokenFault.Expired, RefreshRefusal.Expired)]
    public async Task A_token_that_fails_by_itself_costs_no_database_call(TokenFault fault, RefreshRefusal refusal)
    {
        refreshTokens.Setup(tokens => tokens.Read("bad", It.IsAny<DateTimeOffset>()))
            .Returns(new TokenReading<RefreshTokenClaims>.Refused(fault));

        Assert.That(await RefreshAsync("bad"), Is.EqualTo(new RefreshResult.Refused(refusal)));
        sessions.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_rotation_is_one_read_and_one_write()
    {
        AllowRotation();

        Assert.That(await RefreshAsync("present"), Is.TypeOf<RefreshResult.Rotated>());
        sessions.Verify(store => store.FindAsync(It.IsAny<SessionId>(), It.IsAny<CancellationToken>()), Times.Once);
        sessions.Verify(
            Rotation, Times.Once);
    }

    [Test]
    public async Task Who_loses_the_race_gets_what_the_winner_got_and_writes_nothing()
    {
        // The winner rotates between this caller's read and its write.
        sessions.Setup(Rotation)
            .Callback(() => stored = stored with { Session = stored.Session.Rotate(Caller, "kid", policy, clock.GetUtcNow()) })
            .ReturnsAsync((Session?)null);

        var result = await RefreshAsync("present");

        Assert.That(result, Is.TypeOf<RefreshResult.Retried>());
        Assert.That(((RefreshResult.Retried)result).Tokens.RefreshToken, Is.EqualTo("generation 1"));
        sessions.Verify(
            Rotation, Times.Once);
    }

    [Test]
    public async Task Who_loses_the_race_against_a_disable_is_refused()
    {
        sessions.Setup(Rotation)
            .Callback(() => stored = stored with { Account = stored.Account with { DisabledAt = clock.GetUtcNow(), Epoch = 1 } })
            .ReturnsAsync((Session?)null);

        Assert.That(await RefreshAsync("present"), Is.EqualTo(new RefreshResult.Refused(RefreshRefusal.Revoked)));
    }

    [Test]
    public async Task Who_may_rotate_and_twice_does_not_has_a_key_that_was_revoked_and_the_session_is_not_blamed()
    {
        sessions.Setup(Rotation).ReturnsAsync((Session?)null);

        Assert.That(await RefreshAsync("present"), Is.TypeOf<RefreshResult.ApiKeyRevoked>());
        sessions.Verify(Rotation, Times.Exactly(2));
        failedLogins.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Who_loses_the_race_is_judged_by_the_time_after_it()
    {
        // By the time of its arrival the rotation would lie in the future, and strict single use could not be told from a bad clock.
        Arrange(new TokenOptions { RefreshLeeway = TimeSpan.Zero });
        sessions.Setup(Rotation)
            .Callback(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                stored = stored with { Session = stored.Session.Rotate(Caller, "kid", policy, clock.GetUtcNow()) };
            })
            .ReturnsAsync((Session?)null);

        Assert.That(await RefreshAsync("present"), Is.EqualTo(new RefreshResult.Refused(RefreshRefusal.Reused)));
    }

    [Test]
    public async Task A_retry_writes_nothing_and_a_reuse_ends_the_session_with_its_evidence()
    {
        stored = stored with { Session = stored.Session.Rotate(Caller, "kid", policy, clock.GetUtcNow()) };

        Assert.That(await RefreshAsync("present"), Is.TypeOf<RefreshResult.Retried>());
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await RefreshAsync("present"), Is.EqualTo(new RefreshResult.Refused(RefreshRefusal.Reused)));
        sessions.Verify(
            Rotation, Times.Never);
        sessions.Verify(store => store.TryRevokeAsync(stored.Session.Id, It.Is<AuditEvent>(recorded =>
            recorded.Kind == AuditEventKind.RefreshTokenReused && recorded.Reason == RevocationReason.Reuse
            && recorded.Evidence["presented_generation"] == "0" && recorded.Evidence["generation"] == "1"
            && recorded.Evidence["seconds_since_rotation"] == "10.000000")), Times.Once);
    }

    [Test]
    public async Task A_token_newer_than_its_session_is_recorded_once_a_minute_and_ends_nothing()
    {
        var session = stored.Session;
        refreshTokens.Setup(tokens => tokens.Read("ahead", It.IsAny<DateTimeOffset>())).Returns(
            new TokenReading<RefreshTokenClaims>.Valid(
                new RefreshTokenClaims(session.AccountId, session.Id, 3, session.Secret.RefreshTokenId(3))));

        foreach (var seconds in new[] { 0, 59, 1 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.That(await RefreshAsync("ahead"), Is.EqualTo(new RefreshResult.Refused(RefreshRefusal.Invalid)));
        }

        auditEvents.Verify(store => store.AddAsync(It.Is<AuditEvent>(recorded =>
            recorded.Kind == AuditEventKind.RefreshTokenAhead && recorded.SessionId == session.Id)), Times.Exactly(2));
        sessions.Verify(store => store.TryRevokeAsync(It.IsAny<SessionId>(), It.IsAny<AuditEvent>()), Times.Never);
    }

    [Test]
    public async Task A_session_that_is_not_there_is_an_invalid_token()
    {
        stored = null!;

        Assert.That(await RefreshAsync("present"), Is.EqualTo(new RefreshResult.Refused(RefreshRefusal.Invalid)));
    }

    private void AllowRotation() =>
        sessions.Setup(Rotation)
            .ReturnsAsync((Session _, Func<DateTimeOffset, Session> rotate, CancellationToken _) => rotate(clock.GetUtcNow()));

    private Task<RefreshResult> RefreshAsync(string token) => service.RefreshAsync(token, Caller, default);
}
