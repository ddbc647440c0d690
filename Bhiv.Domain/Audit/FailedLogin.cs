using System.Linq.Expressions;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Audit;

/// <summary>
/// A refused credential: whose it was as far as it says, by which client, from where, and why it was refused. A password is a
/// row of its own; keys, tokens, and logins that were turned away without a look at the password, are one with a count, those alike within a
/// minute, and so is all that was refused alike within an hour of a day that has had its rows (<see cref="FailedLoginDays"/>).
/// </summary>
public sealed record FailedLogin
{
    /// <summary>For how long it is kept: who looks back at an attack does so within a quarter.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public required FailedLoginId Id { get; init; }

    /// <summary>When; of several the first.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How often within that minute or hour.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The account that was tried; null when nobody has the name, and of a key or a token that names none.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>
    /// The account's name; of a name that nobody has, no more than <see cref="UnknownName.Hint"/>. Null where no name was given, or none kept.
    /// </summary>
    public string? Username { get; init; }

    /// <summary>Tells two unknown names apart: <see cref="UnknownName.Hash"/>. Null when the account is known.</summary>
    public string? UsernameHash { get; init; }

    /// <summary>Null when it was the API key that was refused.</summary>
    public ClientId? ClientId { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public required FailedLoginReason Reason { get; init; }

    /// <summary>The <c>trace_id</c> of the answer.</summary>
    public string? TraceId { get; init; }

    public FailedLoginKind Kind => KindOf(Reason);

    /// <summary>Whether it is more than a count.</summary>
    public bool HasDetails => Address is not null || TraceId is not null;

    /// <summary>What alone is told apart where there are too many: reason, client and account.</summary>
    public FailedLogin WithoutDetails() => this with
    {
        Username = AccountId is null ? null : Username,
        UsernameHash = null,
        Address = null,
        UserAgent = null,
        TraceId = null,
    };

    /// <summary>Whether it has been kept long enough.</summary>
    public static Expression<Func<FailedLogin, bool>> IsOld(DateTimeOffset now)
    {
        var kept = now - Kept;
        return failure => failure.At <= kept;
    }

    public static FailedLoginKind KindOf(FailedLoginReason reason) => reason switch
    {
        FailedLoginReason.UnknownAccount => FailedLoginKind.UnknownName,
        FailedLoginReason.WrongPassword or FailedLoginReason.ExpiredPassword or FailedLoginReason.PublishedPassword
            or FailedLoginReason.AccountDisabled or FailedLoginReason.AccountChanged => FailedLoginKind.Account,
        _ => FailedLoginKind.Counted,
    };

    public static FailedLogin OfAccount(Account account, FailedLoginReason reason, Caller caller, DateTimeOffset now) =>
        By(caller, now) with { AccountId = account.Id, Username = account.Name, Reason = reason };

    public static FailedLogin OfUnknown(FailedLoginReason reason, UnknownName name, Caller caller, DateTimeOffset now) =>
        By(caller, now) with { Username = name.Hint, UsernameHash = name.Hash, Reason = reason };

    /// <summary>A refresh token.</summary>
    public static FailedLogin OfRefreshToken(FailedLoginReason reason, AccountId? account, Caller caller, DateTimeOffset now) =>
        By(caller, now) with { AccountId = account, Reason = reason };

    /// <summary>An API key or an access token.</summary>
    /// <param name="account">Whose token it is, where that is certain.</param>
    /// <param name="client">Whose key it is; null when the key itself was refused.</param>
    public static FailedLogin OfCredential(
        FailedLoginReason reason, AccountId? account, ClientId? client, string? address, DateTimeOffset now) => new()
        {
            Id = FailedLoginId.New(now),
            At = now,
            AccountId = account,
            ClientId = client,
            Address = address,
            Reason = reason,
        };

    private static FailedLogin By(Caller caller, DateTimeOffset now) =>
        OfCredential(FailedLoginReason.UnknownAccount, null, caller.Client, caller.Address, now) with
        {
            UserAgent = caller.UserAgent,
            TraceId = caller.TraceId,
        };
}

/// <summary>Identifies a row of the log. A UUIDv7: ids sort by time.</summary>
public readonly record struct FailedLoginId(Guid Value)
{
    public static FailedLoginId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static bool operator <(FailedLoginId one, FailedLoginId other) => one.Value < other.Value;

    public static bool operator >(FailedLoginId one, FailedLoginId other) => one.Value > other.Value;

    public override string ToString() => Value.ToString("D");
}

/// <summary>What a failure cost whoever caused it.</summary>
public enum FailedLoginKind
{
    /// <summary>A look at the password of an account, of which the throttle gives few.</summary>
    Account,

    /// <summary>The same cost, and any name will do.</summary>
    UnknownName,

    /// <summary>Next to nothing: a key, a token, or a password that was not looked at.</summary>
    Counted,
}

/// <summary>For the operator alone; the caller is told the same in each case.</summary>
public enum FailedLoginReason
{
    UnknownAccount,
    WrongPassword,
    AccountDisabled,

    /// <summary>It was right, a one-time password, and its time was over.</summary>
    ExpiredPassword,

    /// <summary>It was right, and one that the runbook publishes, which opens nothing outside Development.</summary>
    PublishedPassword,

    /// <summary>It was disabled or got another password while it logged in.</summary>
    AccountChanged,

    /// <summary>Too many failed before: the password was not looked at.</summary>
    Throttled,

    InvalidApiKey,

    /// <summary>It was taken back, or its client was disabled.</summary>
    RevokedApiKey,

    /// <summary>The API key is good and lacks the scope of the call.</summary>
    InsufficientScope,

    InvalidToken,
    RevokedToken,

    /// <summary>The access token belongs to another client than the API key.</summary>
    WrongClient,

    /// <summary>The credentials are good and the account lacks the role that the call needs.</summary>
    Forbidden,

    InvalidRefreshToken,
    RevokedRefreshToken,
    RefreshTokenReused,
}
