using Bhiv.Application.Accounts;
using Bhiv.Application.Audit;
using Bhiv.Application.Throttling;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Throttling;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Bhiv.Tests.Tokens;

public sealed class LoginServiceTests
{
    private static readonly AccountName Name = AccountName.Of("alice");
    private static readonly PlainTextPassword Password = PlainTextPassword.Of("the kettle sang twice");
    private static readonly Caller Caller = new(ClientId.Default, "192.0.2.1", "curl/8", "trace");

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private Mock<IAccountStore> accounts = null!;
    private Mock<IPasswordHasher> hasher = null!;
    private Mock<ISessionStore> sessions = null!;
    private Mock<IFailedLoginStore> failedLogins = null!;
    private LoginService service = null!;
    private Account account = null!;

    [SetUp]
    public void Arrange()
    {
        account = Account.FromEnvironment(Name, new PasswordHash("stored"), clock.GetUtcNow());
        accounts = new Mock<IAccountStore>();
        accounts.Setup(store => store.FindByNameAsync(Name, It.IsAny<CancellationToken>())).ReturnsAsync(() => account);
        hasher = new Mock<IPasswordHasher>();
        hasher.Setup(it => it.VerifyAsync(Password, new PasswordHash("stored"), It.IsAny<bool>(), It.IsAny<CancellationToken>())).ReturnsAsync(true);
        sessions = new Mock<ISessionStore>();
        sessions.Setup(store => store.TryAddAsync(It.IsAny<Session>(), It.IsAny<CancellationToken>())).ReturnsAsync(SessionAddition.Added);
        failedLogins = new Mock<IFailedLoginStore>();
        failedLogins.Setup(store => store.AddAsync(It.IsAny<FailedLogin>())).Returns(Task.CompletedTask);
        var accessTokens = new Mock<IAccessTokens>();
        accessTokens.Setup(tokens => tokens.Issue(It.IsAny<Session>(), It.IsAny<Account>())).Returns("access");
        var refreshTokens = new Mock<IRefreshTokens>();
        refreshTokens.Setup(tokens => tokens.Issue(It.IsAny<Session>())).Returns("refresh");
        var policy = new TokenOptions();
        var keys = new SigningKeyRing(new SigningKeySet(new SigningKey("secret")));
        service = new LoginService(
            accounts.Object,
            new PasswordCheck(
                hasher.Object, new PublishedPasswords([]), failedLogins.Object, new LoginThrottle(new ThrottlesInMemory(), keys, new ThrottleOptions(), clock),
                new SprayWatch(), new Alarms(clock), keys, new BhivMetrics(), clock, NullLogger<PasswordCheck>.Instance),
            new PasswordRehash(accounts.Object, hasher.Object, NullLogger<PasswordRehash>.Instance),
            hasher.Object,
            sessions.Object, new ForbiddenAudit(Mock.Of<IAuditEventStore>(), clock), new TokenIssuer(accessTokens.Object, refreshTokens.Object, policy), keys, policy, new PasswordOptions(), new BhivMetrics(), clock,
            NullLogger<LoginService>.Instance);
    }

    [Test]
    public async Task The_right_password_begins_a_session_of_the_calling_client()
    {
        var result = await LoginAsync();

        Assert.That(result, Is.EqualTo(new LoginResult.LoggedIn(new TokenPair("access", "refresh", TimeSpan.FromMinutes(15)))));
        sessions.Verify(store => store.TryAddAsync(
            It.Is<Session>(session => session.AccountId == account.Id && session.ClientId == ClientId.Default
                && session.Address == "192.0.2.1" && session.UserAgent == "curl/8"),
            It.IsAny<CancellationToken>()));
        failedLogins.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Who_logs_in_where_he_lately_did_goes_before_strangers()
    {
        foreach (var isUrgent in new[] { false, true })
        {
            hasher.Invocations.Clear();
            await LoginAsync();
            hasher.Verify(it => it.VerifyAsync(Password, new PasswordHash("stored"), isUrgent, It.IsAny<CancellationToken>()), Times.Once);
        }
    }

    [Test]
    public async Task Unknown_wrong_and_disabled_are_one_answer_one_hash_and_one_row_each()
    {
        var wrong = await LoginAsync(PlainTextPassword.Of("wrong"));
        account = account with { DisabledAt = clock.GetUtcNow() };
        var disabled = await LoginAsync();
        account = null!;
        var unknown = await LoginAsync();

        Assert.That(new[] { wrong, disabled, unknown }, Is.All.EqualTo(new LoginResult.Refused()));
        hasher.Verify(
            it => it.VerifyAsync(It.IsAny<PlainTextPassword>(), It.IsAny<PasswordHash?>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()),
            Times.Exactly(3));
        failedLogins.Verify(store => store.AddAsync(It.IsAny<FailedLogin>()), Times.Exactly(3));
        sessions.VerifyNoOtherCalls();
    }

    [Test]
    public async Task The_name_that_nobody_has_is_not_kept()
    {
        account = null!;

        await LoginAsync();

        failedLogins.Verify(store => store.AddAsync(It.Is<FailedLogin>(failure =>
            failure.Reason == FailedLoginReason.UnknownAccount && failure.Username == "al…" && failure.AccountId == null
            && failure.UsernameHash!.Length == 16 && failure.TraceId == "trace")));
    }

    [Test]
    public async Task A_disable_that_comes_between_hash_and_session_wins()
    {
        sessions.Setup(store => store.TryAddAsync(It.IsAny<Session>(), It.IsAny<CancellationToken>())).ReturnsAsync(SessionAddition.AccountChanged);

        Assert.That(await LoginAsync(), Is.TypeOf<LoginResult.Refused>());
        failedLogins.Verify(store => store.AddAsync(It.Is<FailedLogin>(row => row.Reason == FailedLoginReason.AccountChanged)));
    }

    /// <summary>Nor would whoever knew a former password be familiar where he is.</summary>
    [Test]
    public async Task A_right_password_that_opens_nothing_forgives_no_failure()
    {
        for (var failure = 0; failure < 4; failure++) await LoginAsync(PlainTextPassword.Of("wrong"));
        sessions.Setup(store => store.TryAddAsync(It.IsAny<Session>(), It.IsAny<CancellationToken>())).ReturnsAsync(SessionAddition.AccountChanged);

        Assert.That(await LoginAsync(), Is.TypeOf<LoginResult.Refused>());

        Assert.That(await LoginAsync(), Is.TypeOf<LoginResult.TurnedAway>(), "it was the fifth");
    }

    [Test]
    public async Task A_key_that_is_revoked_between_hash_and_session_is_refused_and_no_account_is_blamed()
    {
        sessions.Setup(store => store.TryAddAsync(It.IsAny<Session>(), It.IsAny<CancellationToken>())).ReturnsAsync(SessionAddition.ApiKeyRevoked);

        Assert.That(await LoginAsync(), Is.TypeOf<LoginResult.ApiKeyRevoked>());
        failedLogins.VerifyNoOtherCalls();
    }

    [Test]
    public void A_refusal_that_cannot_be_logged_is_not_answered()
    {
        failedLogins.Setup(store => store.AddAsync(It.IsAny<FailedLogin>())).ThrowsAsync(new IOException("the disk is full"));

        Assert.That(() => LoginAsync(PlainTextPassword.Of("wrong")), Throws.InstanceOf<IOException>());
    }

    private Task<LoginResult> LoginAsync(PlainTextPassword? password = null) =>
        service.LoginAsync(Name, password ?? Password, next: null, Caller, default);
}
