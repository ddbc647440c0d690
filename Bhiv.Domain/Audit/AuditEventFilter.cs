using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Audit;

/// <summary>Which audit events: those for which all holds that is set.</summary>
public sealed record AuditEventFilter
{
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant that is too late.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The account that has this name now.</summary>
    public AccountName? Username { get; init; }

    public SessionId? Session { get; init; }

    public AccountId? Account { get; init; }

    public string? Address { get; init; }

    public AuditEventKind? Kind { get; init; }

    public RevocationReason? Reason { get; init; }

    public ClientId? Client { get; init; }

    /// <summary>The <c>trace_id</c> of the answer; of refusals that were counted together, of the first.</summary>
    public string? TraceId { get; init; }
}

/// <summary>Where an event stands in the list: by time, and within one instant by number.</summary>
public readonly record struct AuditEventPosition(DateTimeOffset At, long Sequence)
{
    public static AuditEventPosition Of(AuditEvent recorded) => new(recorded.At, recorded.Sequence);
}
