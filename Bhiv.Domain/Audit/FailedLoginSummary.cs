using Bhiv.Domain.Accounts;

namespace Bhiv.Domain.Audit;

/// <summary>Failed logins of a time, counted: by reason, and those who failed most often by address and account.</summary>
/// <param name="From">When the time begins.</param>
/// <param name="Count">All of them.</param>
/// <param name="Reasons">Each that occurred, the most frequent first.</param>
/// <param name="Addresses">The most frequent first; null is one that was not kept.</param>
/// <param name="Accounts">The most frequent first.</param>
public sealed record FailedLoginSummary(
    DateTimeOffset From,
    long Count,
    IReadOnlyList<Tally<FailedLoginReason>> Reasons,
    IReadOnlyList<Tally<string?>> Addresses,
    IReadOnlyList<AccountTally> Accounts);

/// <summary>How often something occurred.</summary>
public sealed record Tally<T>(T What, long Count);

/// <param name="Username">As it was when it was tried; null where only its tokens were refused.</param>
public sealed record AccountTally(AccountId Id, string? Username, long Count);
