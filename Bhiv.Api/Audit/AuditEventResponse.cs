using System.Globalization;
using Bhiv.Domain;
using Bhiv.Domain.Audit;

namespace Bhiv.Api.Audit;

/// <summary>A security fact.</summary>
/// <param name="Sequence">Its number, in the order of the commits.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What; <c>other</c> is a kind that only a newer build knows.</param>
/// <param name="AccountId">Of which account.</param>
/// <param name="SessionId">Of which session; where all of an account's were ended, the one that was kept.</param>
/// <param name="ClientId">The calling client; null when the service itself decided.</param>
/// <param name="Address">Where the call came from.</param>
/// <param name="UserAgent">Of the call.</param>
/// <param name="TraceId">The <c>trace_id</c> of the answer.</param>
/// <param name="Reason">Why a session was ended; null where none was.</param>
/// <param name="Cutoff">Where all sessions of the account were ended: those created up to then.</param>
/// <param name="Evidence">What was seen, by name.</param>
public sealed record AuditEventResponse(
    long Sequence,
    DateTimeOffset At,
    string Kind,
    string? AccountId,
    string? SessionId,
    string? ClientId,
    string? Address,
    string? UserAgent,
    string? TraceId,
    string? Reason,
    DateTimeOffset? Cutoff,
    IReadOnlyDictionary<string, string> Evidence) : IRow
{
    string IRow.Cursor => RowCursor.Of(At, Sequence.ToString(CultureInfo.InvariantCulture));

    internal static AuditEventResponse Of(AuditEvent recorded) => new(
        recorded.Sequence,
        recorded.At,
        EnumText.Of(recorded.Kind),
        recorded.AccountId?.ToString(),
        recorded.SessionId?.ToString(),
        recorded.ClientId?.Value,
        recorded.Address,
        recorded.UserAgent,
        recorded.TraceId,
        recorded.Reason is { } reason ? EnumText.Of(reason) : null,
        recorded.Cutoff,
        recorded.Evidence);
}
