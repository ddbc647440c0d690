using System.Linq.Expressions;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// One login until logout, expiry or revocation: the token family. It is one row however often it is refreshed, and its
/// tokens are a function of it and of the signing key <see cref="KeyId"/>: the row as it stands gives the same tokens again.
/// </summary>
public sealed record Session
{
    /// <summary>
    /// How long a session is kept after it expired. As long as one of its JWTs lives, one that comes back is told apart (reuse,
    /// revoked, expired, or none of ours), and its access tokens can still be taken back: the last of them may outlive the
    /// refresh token beside it, by an hour at the most. A day has room for that, and for clocks that disagree.
    /// </summary>
    public static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    public required SessionId Id { get; init; }

    public required AccountId AccountId { get; init; }

    /// <summary>The client that logged in; no other may use the session's tokens.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>The API key of the login or the last rotation. Any key of the client may follow.</summary>
    public ApiKeyId? ApiKeyId { get; init; }

    /// <summary><see cref="Account.Epoch"/> at login.</summary>
    public required long AccountEpoch { get; init; }

    public required SessionSecret Secret { get; init; }

    /// <summary>How often it was refreshed; the <c>gen</c> of the one refresh token that is good now.</summary>
    public long Generation { get; init; }

    /// <summary>The signing key of the present tokens.</summary>
    public required string KeyId { get; init; }

    /// <summary>When the present tokens were issued: at the last rotation or at login.</summary>
    public required DateTimeOffset RotatedAt { get; init; }

    /// <summary>When the present refresh token expires, in whole seconds: row and token agree to the instant.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When no refresh helps any more, in whole seconds.</summary>
    public required DateTimeOffset SessionEndsAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public RevocationReason? RevokedReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the login or the last rotation.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Of the login or the last rotation.</summary>
    public string? Address { get; init; }

    /// <summary>
    /// Whether nothing depends on the session any more, so that it may be purged. Revoked or not: a revocation shortens no
    /// token's life, and a row that was gone sooner could not say that it was revoked.
    /// </summary>
    public static Expression<Func<Session, bool>> IsDead(DateTimeOffset now)
    {
        // The time is moved and not the column, which an index then answers.
        var expired = now - KeptAfterExpiry;
        return session => session.ExpiresAt <= expired;
    }

    public static Session Start(Account account, Caller caller, string keyId, TokenOptions policy, DateTimeOffset now)
    {
        var endsAt = now.ToWholeSeconds() + policy.SessionLifetime;
        return new Session
        {
            Id = SessionId.New(account.FirstInstantAfterCutoff(now)),
            AccountId = account.Id,
            ClientId = caller.Client,
            ApiKeyId = caller.Key,
            AccountEpoch = account.Epoch,
            Secret = SessionSecret.Generate(),
            KeyId = keyId,
            RotatedAt = now,
            ExpiresAt = Expiry(now, endsAt, policy),
            SessionEndsAt = endsAt,
            CreatedAt = now,
            UserAgent = caller.UserAgent,
            Address = caller.Address,
        };
    }

    /// <summary>The session after one more rotation.</summary>
    public Session Rotate(Caller caller, string keyId, TokenOptions policy, DateTimeOffset now) => this with
    {
        Generation = Generation + 1,
        ApiKeyId = caller.Key,
        KeyId = keyId,
        RotatedAt = now,
        ExpiresAt = Expiry(now, SessionEndsAt, policy),
        UserAgent = caller.UserAgent,
        Address = caller.Address,
    };

    /// <summary>Whether it was ended before its time, by itself or with everything of its account.</summary>
    /// <param name="account">The session's account, as it stands now.</param>
    public bool IsRevoked(Account account) => RevokedAt is not null || !account.Admits(AccountEpoch);

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>
    /// What a presented refresh token deserves. Whose it is comes before the state it is in: a caller that cannot name the
    /// session's own <c>jti</c> learns nothing about the session and changes nothing in it.
    /// </summary>
    /// <param name="account">The session's account, as it stands now.</param>
    public RefreshVerdict Judge(
        RefreshTokenClaims presented, ClientId caller, Account account, TokenOptions policy, DateTimeOffset now)
    {
        if (presented.AccountId != AccountId
            || caller != ClientId
            || !Secret.IssuedRefreshToken(presented.Generation, presented.TokenId))
            return new RefreshVerdict.Mismatch();
        if (IsRevoked(account)) return new RefreshVerdict.Revoked();
        return IsExpired(now) ? new RefreshVerdict.Expired() : JudgeGeneration(presented.Generation, policy, now);
    }

    /// <summary>What a refresh token of that generation deserves while the session lives.</summary>
    public RefreshVerdict JudgeGeneration(long presented, TokenOptions policy, DateTimeOffset now) => (Generation - presented) switch
    {
        0 => new RefreshVerdict.Rotate(),
        1 => JudgePredecessor(policy.RefreshLeeway, now - RotatedAt),
        > 1 => new RefreshVerdict.Reuse(),
        < 0 => new RefreshVerdict.Ahead(),
    };

    private static RefreshVerdict JudgePredecessor(TimeSpan leeway, TimeSpan sinceRotation)
    {
        // A clock that stepped back is no evidence against the caller: within the leeway it counts as no time at all, and
        // beyond it nothing can be said, so that nothing is done.
        if (sinceRotation < -leeway) return new RefreshVerdict.Mismatch();
        return sinceRotation < leeway ? new RefreshVerdict.Retry() : new RefreshVerdict.Reuse();
    }

    private static DateTimeOffset Expiry(DateTimeOffset now, DateTimeOffset endsAt, TokenOptions policy)
    {
        var expiry = now.ToWholeSeconds() + policy.RefreshTokenLifetime;
        return expiry < endsAt ? expiry : endsAt;
    }
}
