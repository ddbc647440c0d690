namespace Bhiv.Domain.Accounts;

/// <summary>One password of an account in the place of another: of the one that was judged, and of no other that took its place meanwhile.</summary>
/// <param name="FormerChangedAt">When the one that was judged was set (<see cref="Account.PasswordChangedAt"/>).</param>
/// <param name="ChangedAt">When this one is.</param>
public sealed record PasswordReplacement(AccountId AccountId, DateTimeOffset FormerChangedAt, PasswordHash Hash, DateTimeOffset ChangedAt)
{
    /// <param name="judged">The account as it was when its password was judged.</param>
    public static PasswordReplacement Of(Account judged, PasswordHash hash, DateTimeOffset now) =>
        new(judged.Id, judged.PasswordChangedAt, hash, judged.NextPasswordChange(now));
}

public enum PasswordReplacementOutcome
{
    Replaced,

    /// <summary>The account was disabled, or has another password by now.</summary>
    AccountChanged,

    /// <summary>The session that was to be kept has itself ended.</summary>
    SessionEnded,

    /// <summary>The key that the session was to begin with, or its client disabled.</summary>
    ApiKeyRevoked,
}
