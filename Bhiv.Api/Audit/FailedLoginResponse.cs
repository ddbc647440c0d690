using System.ComponentModel.DataAnnotations;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Audit;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Audit;

/// <summary>A refused credential, or several that were refused alike within a minute; within an hour, without address and unknown names, once a day has had 30,000 rows of its kind.</summary>
/// <param name="FailedLoginId" example="01993f20-11aa-7b02-a6f1-90c4d2e7b835">The row's id.</param>
/// <param name="At" example="2026-03-01T12:00:00.123456+00:00">When; of several the first.</param>
/// <param name="Count" example="17">How many.</param>
/// <param name="Reason" example="wrong_password">Why it was refused; <c>other</c> is one that only a newer build knows.</param>
/// <param name="Username" example="admin">The account's name; of a name that nobody has the first two characters.</param>
/// <param name="UsernameHash" example="pX3nQ0aJ5yGd7wLk">Tells two unknown names apart.</param>
/// <param name="AccountId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The account, where there is one.</param>
/// <param name="ClientId" example="default">The calling client; null when it was its API key that was refused.</param>
/// <param name="Address" example="192.0.2.17">Where it came from.</param>
/// <param name="UserAgent" example="python-requests/2.32.3">Of the first.</param>
/// <param name="TraceId" example="4bf92f3577b34da6a3ce929d0e0e4736">The <c>trace_id</c> of the first answer.</param>
public sealed record FailedLoginResponse(
    Guid FailedLoginId,
    DateTimeOffset At,
    [property: Range(1, long.MaxValue)] long Count,
    [property: EnumText<FailedLoginReason>] string Reason,
    [property: MaxLength(AccountName.MaximumLength)] string? Username,
    [property: MaxLength(UnknownName.HashLength)] string? UsernameHash,
    Guid? AccountId,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string? ClientId,
    [property: MaxLength(Caller.MaximumAddressLength)] string? Address,
    [property: MaxLength(Caller.MaximumUserAgentLength)] string? UserAgent,
    [property: RegularExpression(ProblemResponse.TraceIdPattern)] string? TraceId) : IRow
{
    string IRow.Cursor => RowCursor.Of(At, FailedLoginId.ToString("D"));

    internal static FailedLoginResponse Of(FailedLogin failure) => new(
        failure.Id.Value,
        failure.At,
        failure.Count,
        EnumText.Of(failure.Reason),
        failure.Username,
        failure.UsernameHash,
        failure.AccountId?.Value,
        failure.ClientId?.Value,
        failure.Address,
        failure.UserAgent,
        failure.TraceId);
}

/// <summary>The failed logins of an hour.</summary>
/// <param name="Hour" example="2026-03-01T12:00:00+00:00">When it begins.</param>
/// <param name="Count" example="17">How many in all.</param>
/// <param name="Reasons">How many for each reason, the most frequent first.</param>
/// <param name="Addresses">The ten addresses with the most; null stands for those that were too many to be told apart.</param>
/// <param name="Accounts">The ten accounts with the most.</param>
public sealed record FailedLoginHourResponse(
    DateTimeOffset Hour,
    [property: Range(1, long.MaxValue)] long Count,
    IReadOnlyList<ReasonCountResponse> Reasons,
    [property: MaxLength(AuditReport.Top)] IReadOnlyList<AddressCountResponse> Addresses,
    [property: MaxLength(AuditReport.Top)] IReadOnlyList<AccountCountResponse> Accounts)
{
    internal static FailedLoginHourResponse Of(FailedLoginSummary summary) => new(
        summary.From,
        summary.Count,
        [.. summary.Reasons.Select(reason => new ReasonCountResponse(EnumText.Of(reason.What), reason.Count))],
        [.. summary.Addresses.Select(address => new AddressCountResponse(address.What, address.Count))],
        [.. summary.Accounts.Select(account => new AccountCountResponse(account.Id.Value, account.Username, account.Count))]);
}

/// <summary>Failed logins of one reason.</summary>
/// <param name="Reason" example="wrong_password">Why they were refused.</param>
/// <param name="Count" example="17">How many.</param>
public sealed record ReasonCountResponse([property: EnumText<FailedLoginReason>] string Reason, [property: Range(1, long.MaxValue)] long Count);

/// <summary>Failed logins from one address.</summary>
/// <param name="Address" example="192.0.2.17">Where they came from.</param>
/// <param name="Count" example="17">How many.</param>
public sealed record AddressCountResponse(
    [property: MaxLength(Caller.MaximumAddressLength)] string? Address, [property: Range(1, long.MaxValue)] long Count);

/// <summary>Failed logins of one account.</summary>
/// <param name="AccountId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">Whose they were.</param>
/// <param name="Username" example="admin">Its name; null where only its tokens were refused.</param>
/// <param name="Count" example="17">How many.</param>
public sealed record AccountCountResponse(
    Guid AccountId, [property: MaxLength(AccountName.MaximumLength)] string? Username, [property: Range(1, long.MaxValue)] long Count);
