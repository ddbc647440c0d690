using Bhiv.Domain;
using Bhiv.Domain.Audit;

namespace Bhiv.Api.Audit;

/// <summary>A refused credential, or several that were refused alike within a minute.</summary>
/// <param name="FailedLoginId">The row's id.</param>
/// <param name="At">When; of several the first.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why it was refused; <c>other</c> is one that only a newer build knows.</param>
/// <param name="Username">The account's name; of a name that nobody has the first two characters.</param>
/// <param name="UsernameHash">Tells two unknown names apart.</param>
/// <param name="AccountId">The account, where there is one.</param>
/// <param name="ClientId">The calling client; null when it was its API key that was refused.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="UserAgent">Of the first.</param>
/// <param name="TraceId">The <c>trace_id</c> of the first answer.</param>
public sealed record FailedLoginResponse(
    string FailedLoginId,
    DateTimeOffset At,
    long Count,
    string Reason,
    string? Username,
    string? UsernameHash,
    string? AccountId,
    string? ClientId,
    string? Address,
    string? UserAgent,
    string? TraceId) : IRow
{
    string IRow.Cursor => RowCursor.Of(At, FailedLoginId);

    internal static FailedLoginResponse Of(FailedLogin failure) => new(
        failure.Id.ToString(),
        failure.At,
        failure.Count,
        EnumText.Of(failure.Reason),
        failure.Username,
        failure.UsernameHash,
        failure.AccountId?.ToString(),
        failure.ClientId?.Value,
        failure.Address,
        failure.UserAgent,
        failure.TraceId);
}

/// <summary>The failed logins of an hour.</summary>
/// <param name="Hour">When it begins.</param>
/// <param name="Count">How many in all.</param>
/// <param name="Reasons">How many for each reason, the most frequent first.</param>
/// <param name="Addresses">The ten addresses with the most; null stands for those that were too many to be told apart.</param>
/// <param name="Accounts">The ten accounts with the most.</param>
public sealed record FailedLoginHourResponse(
    DateTimeOffset Hour,
    long Count,
    IReadOnlyList<ReasonCountResponse> Reasons,
    IReadOnlyList<AddressCountResponse> Addresses,
    IReadOnlyList<AccountCountResponse> Accounts)
{
    internal static FailedLoginHourResponse Of(FailedLoginSummary summary) => new(
        summary.From,
        summary.Count,
        [.. summary.Reasons.Select(reason => new ReasonCountResponse(EnumText.Of(reason.What), reason.Count))],
        [.. summary.Addresses.Select(address => new AddressCountResponse(address.What, address.Count))],
        [.. summary.Accounts.Select(account => new AccountCountResponse(account.Id.ToString(), account.Username, account.Count))]);
}

/// <summary>Failed logins of one reason.</summary>
/// <param name="Reason">Why they were refused.</param>
/// <param name="Count">How many.</param>
public sealed record ReasonCountResponse(string Reason, long Count);

/// <summary>Failed logins from one address.</summary>
/// <param name="Address">Where they came from.</param>
/// <param name="Count">How many.</param>
public sealed record AddressCountResponse(string? Address, long Count);

/// <summary>Failed logins of one account.</summary>
/// <param name="AccountId">Whose they were.</param>
/// <param name="Username">Its name; null where only its tokens were refused.</param>
/// <param name="Count">How many.</param>
public sealed record AccountCountResponse(string AccountId, string? Username, long Count);
