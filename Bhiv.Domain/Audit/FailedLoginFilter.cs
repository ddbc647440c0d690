using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Audit;

/// <summary>Which rows of the log of failed logins: those for which all holds that is set.</summary>
public sealed record FailedLoginFilter
{
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant that is too late.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Rows of the account that has this name now, or of the name while nobody had it.</summary>
    public AccountName? Username { get; init; }

    /// <summary><see cref="UnknownName.Hash"/> of <see cref="Username"/>, by each key that may have been there.</summary>
    public IReadOnlyList<string?> UsernameHashes { get; init; } = [];

    public AccountId? Account { get; init; }

    public string? Address { get; init; }

    public FailedLoginReason? Reason { get; init; }

    public ClientId? Client { get; init; }

    /// <summary>The <c>trace_id</c> of the answer; of refusals that were counted together, of the first.</summary>
    public string? TraceId { get; init; }
}

/// <summary>Where a row stands in the log: by time, and within one instant by id.</summary>
public readonly record struct FailedLoginPosition(DateTimeOffset At, FailedLoginId Id)
{
    public static FailedLoginPosition Of(FailedLogin failure) => new(failure.At, failure.Id);
}
