using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Tests.Tokens;

/// <summary>The rules of a session, at each boundary and one microsecond either side.</summary>
public sealed class SessionTests
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(250_000);
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);
    private static readonly TokenOptions Policy = new();
    private static readonly Caller Caller = new(ClientId.Default, "192.0.2.1", "curl/8");

    private static readonly Account Account =
        Account.FromEnvironment(AccountName.Of("admin"), new PasswordHash("hash"), Start);

    [Test]
    public void It_ends_30_days_after_login_and_its_first_token_7_days_after()
    {
        var session = NewSession();

        Assert.That(session.ExpiresAt, Is.EqualTo(Start.ToWholeSeconds().AddDays(7)));
        Assert.That(session.SessionEndsAt, Is.EqualTo(Start.ToWholeSeconds().AddDays(30)));
    }

    [Test]
    public void A_rotation_gives_7_more_days_and_never_more_than_the_session_has()
    {
        var early = Rotate(NewSession(), Start.AddDays(6));
        var late = Rotate(NewSession(), Start.AddDays(29));

        Assert.That(early.ExpiresAt, Is.EqualTo(Start.ToWholeSeconds().AddDays(13)));
        Assert.That(late.ExpiresAt, Is.EqualTo(late.SessionEndsAt));
    }

    [Test]
    public void The_present_token_rotates() =>
        Assert.That(JudgePresent(NewSession(), Start), Is.TypeOf<RefreshVerdict.Rotate>());

    [Test]
    public void It_is_good_until_it_expires_and_not_at_that_instant()
    {
        var session = NewSession();

        Assert.That(JudgePresent(session, session.ExpiresAt - Microsecond), Is.TypeOf<RefreshVerdict.Rotate>());
        Assert.That(JudgePresent(session, session.ExpiresAt), Is.TypeOf<RefreshVerdict.Expired>());
    }

    [TestCase(0, typeof(RefreshVerdict.Retry))]
    [TestCase(9_999_999, typeof(RefreshVerdict.Retry))]
    [TestCase(10_000_000, typeof(RefreshVerdict.Reuse))]
    [TestCase(-10_000_000, typeof(RefreshVerdict.Retry))]
    [TestCase(-10_000_001, typeof(RefreshVerdict.Mismatch))]
    public void The_predecessor_is_a_retry_within_the_leeway_and_reuse_after_it(long microseconds, Type expected)
    {
        var rotatedAt = Start.AddHours(1);
        var session = Rotate(NewSession(), rotatedAt);

        Assert.That(JudgeGeneration(session, 0, rotatedAt.AddMicroseconds(microseconds)), Is.TypeOf(expected));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_leeway_of_zero_is_strict_single_use(long microseconds)
    {
        var strict = new TokenOptions { RefreshLeeway = TimeSpan.Zero };
        var session = NewSession().Rotate(Caller, "kid", strict, Start);

        Assert.That(
            JudgeGeneration(session, 0, Start.AddMicroseconds(microseconds), strict), Is.TypeOf<RefreshVerdict.Reuse>());
    }

    [Test]
    public void An_older_token_is_reuse_even_within_the_leeway()
    {
        var session = Rotate(Rotate(NewSession(), Start), Start);

        Assert.That(JudgeGeneration(session, 0, Start), Is.TypeOf<RefreshVerdict.Reuse>());
    }

    [Test]
    public void A_token_ahead_of_its_session_is_refused_and_is_no_reuse() =>
        Assert.That(JudgeGeneration(NewSession(), 1, Start), Is.TypeOf<RefreshVerdict.Ahead>());

    [Test]
    public void Whose_it_is_comes_before_the_state_it_is_in()
    {
        var revoked = NewSession() with { RevokedAt = Start, RevokedReason = RevocationReason.Logout };
        var presented = Present(revoked, 0);

        Assert.That(Judge(revoked, presented), Is.TypeOf<RefreshVerdict.Revoked>());
        Assert.That(
            Judge(revoked, presented with { TokenId = revoked.Secret.RefreshTokenId(1) }), Is.TypeOf<RefreshVerdict.Mismatch>());
        Assert.That(Judge(revoked, presented with { TokenId = "" }), Is.TypeOf<RefreshVerdict.Mismatch>());
        Assert.That(
            Judge(revoked, presented with { TokenId = revoked.Secret.AccessTokenId(0) }), Is.TypeOf<RefreshVerdict.Mismatch>());
        Assert.That(Judge(revoked, presented with { AccountId = AccountId.New(Start) }), Is.TypeOf<RefreshVerdict.Mismatch>());
        Assert.That(
            revoked.Judge(presented, new ClientId("other"), Account, Policy, Start), Is.TypeOf<RefreshVerdict.Mismatch>());
    }

    [Test]
    public void A_disabled_account_and_one_of_a_later_epoch_end_it()
    {
        var session = NewSession();

        Assert.That(
            session.Judge(Present(session, 0), ClientId.Default, Account with { DisabledAt = Start }, Policy, Start),
            Is.TypeOf<RefreshVerdict.Revoked>());
        Assert.That(
            session.Judge(Present(session, 0), ClientId.Default, Account with { Epoch = 1 }, Policy, Start),
            Is.TypeOf<RefreshVerdict.Revoked>());
    }

    [TestCase(-1, false)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    public void It_is_dead_a_day_after_it_expired_and_not_sooner_revoked_or_not(long microseconds, bool expected)
    {
        var session = NewSession();
        var isDead = Session.IsDead(session.ExpiresAt.AddDays(1).AddMicroseconds(microseconds)).Compile();

        Assert.That(isDead(session), Is.EqualTo(expected));
        Assert.That(isDead(session with { RevokedAt = Start, RevokedReason = RevocationReason.Logout }), Is.EqualTo(expected));
    }

    private static Session NewSession() => Session.Start(Account, Caller, "kid", Policy, Start);

    private static Session Rotate(Session session, DateTimeOffset now) => session.Rotate(Caller, "kid", Policy, now);

    private static RefreshTokenClaims Present(Session session, long generation) =>
        new(session.AccountId, session.Id, generation, session.Secret.RefreshTokenId(generation));

    private static RefreshVerdict JudgePresent(Session session, DateTimeOffset now) =>
        JudgeGeneration(session, session.Generation, now);

    private static RefreshVerdict JudgeGeneration(
        Session session, long generation, DateTimeOffset now, TokenOptions? policy = null) =>
        session.Judge(Present(session, generation), ClientId.Default, Account, policy ?? Policy, now);

    private static RefreshVerdict Judge(Session session, RefreshTokenClaims presented) =>
        session.Judge(presented, ClientId.Default, Account, Policy, Start);
}
