using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Audit;

/// <summary>A refused password: who was tried, by which client, from where, and why it was refused.</summary>
public sealed record FailedLogin
{
    public required FailedLoginId Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The account that was tried; null when nobody has the name.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>The account's name; of a name that nobody has, no more than <see cref="UnknownName.Hint"/>.</summary>
    public required string Username { get; init; }

    /// <summary>Tells two unknown names apart: <see cref="UnknownName.Hash"/>. Null when the account is known.</summary>
    public string? UsernameHash { get; init; }

    public required ClientId ClientId { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public required FailedLoginReason Reason { get; init; }

    /// <summary>The <c>trace_id</c> of the answer.</summary>
    public string? TraceId { get; init; }

    public static FailedLogin OfAccount(Account account, FailedLoginReason reason, Caller caller, DateTimeOffset now) =>
        By(caller, now) with { AccountId = account.Id, Username = account.Name, Reason = reason };

    public static FailedLogin OfUnknown(UnknownName name, Caller caller, DateTimeOffset now) =>
        By(caller, now) with { Username = name.Hint, UsernameHash = name.Hash };

    private static FailedLogin By(Caller caller, DateTimeOffset now) => new()
    {
        Id = FailedLoginId.New(now),
        At = now,
        Username = string.Empty,
        ClientId = caller.Client,
        Address = caller.Address,
        UserAgent = caller.UserAgent,
        Reason = FailedLoginReason.UnknownAccount,
        TraceId = caller.TraceId,
    };
}

/// <summary>Identifies a row of the log. A UUIDv7: ids sort by time.</summary>
public readonly record struct FailedLoginId(Guid Value)
{
    public static FailedLoginId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

/// <summary>For the operator alone; the caller is told the same in each case.</summary>
public enum FailedLoginReason
{
    UnknownAccount,
    WrongPassword,
    AccountDisabled,

    /// <summary>It was disabled or got another password while it logged in.</summary>
    AccountChanged,
}
