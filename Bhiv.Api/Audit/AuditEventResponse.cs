using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Audit;

/// <summary>A security fact.</summary>
/// <param name="Sequence" example="4711">Its number, in the order of the commits.</param>
/// <param name="At" example="2026-03-01T12:00:00.123456+00:00">When.</param>
/// <param name="Kind" example="refresh_token_reused">What; <c>other</c> is a kind that only a newer build knows.</param>
/// <param name="AccountId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">Of which account.</param>
/// <param name="SessionId" example="01993f1c-8e4b-7a90-8d15-6b7c93e0f528">Of which session; where all of an account's were ended, the one that was kept.</param>
/// <param name="ClientId" example="default">The calling client; null when the service itself decided.</param>
/// <param name="Address" example="192.0.2.17">Where the call came from.</param>
/// <param name="UserAgent" example="python-requests/2.32.3">Of the call.</param>
/// <param name="TraceId" example="4bf92f3577b34da6a3ce929d0e0e4736">The <c>trace_id</c> of the answer.</param>
/// <param name="Reason" example="reuse">Why a session was ended; null where none was.</param>
/// <param name="Cutoff" example="2026-03-01T12:00:00+00:00">Where all sessions of the account were ended: those created up to then.</param>
/// <param name="Evidence" example="{&quot;presented_generation&quot;: &quot;3&quot;, &quot;generation&quot;: &quot;5&quot;}">What was seen, by name.</param>
public sealed record AuditEventResponse(
    [property: Range(1, long.MaxValue)] long Sequence,
    DateTimeOffset At,
    [property: EnumText<AuditEventKind>] string Kind,
    Guid? AccountId,
    Guid? SessionId,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string? ClientId,
    [property: MaxLength(Caller.MaximumAddressLength)] string? Address,
    [property: MaxLength(Caller.MaximumUserAgentLength)] string? UserAgent,
    [property: RegularExpression(ProblemResponse.TraceIdPattern)] string? TraceId,
    [property: EnumText<RevocationReason>] string? Reason,
    DateTimeOffset? Cutoff,
    IReadOnlyDictionary<string, string> Evidence) : IRow
{
    string IRow.Cursor => RowCursor.Of(At, Sequence.ToString(CultureInfo.InvariantCulture));

    internal static AuditEventResponse Of(AuditEvent recorded) => new(
        recorded.Sequence,
        recorded.At,
        EnumText.Of(recorded.Kind),
        recorded.AccountId?.Value,
        recorded.SessionId?.Value,
        recorded.ClientId?.Value,
        recorded.Address,
        recorded.UserAgent,
        recorded.TraceId,
        recorded.Reason is { } reason ? EnumText.Of(reason) : null,
        recorded.Cutoff,
        recorded.Evidence);
}
