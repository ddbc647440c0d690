using System.Globalization;
using Bhiv.Domain;
using Bhiv.Domain.Audit;

namespace Bhiv.Application.Explaining;

/// <summary>Finds what was kept of one call.</summary>
public sealed class TraceExplainer(IFailedLoginStore failedLogins, IAuditEventStore auditEvents)
{
    /// <summary>One call leaves a few rows.</summary>
    private const int Limit = 100;

    /// <summary>In the order of time; none where the call was not refused for its credentials and changed nothing.</summary>
    public async Task<IReadOnlyList<Check>> ExplainAsync(string traceId, CancellationToken cancellationToken)
    {
        var failures = await failedLogins.ListAsync(new FailedLoginFilter { TraceId = traceId }, null, Limit, cancellationToken);
        var events = await auditEvents.ListAsync(new AuditEventFilter { TraceId = traceId }, null, Limit, cancellationToken);
        return
        [
            .. failures.Select(row => (row.At, Check: Of(row))).Concat(events.Select(row => (row.At, Check: Of(row))))
                .Reverse().OrderBy(it => it.At).Select(it => it.Check),
        ];
    }

    private static Check Of(FailedLogin row)
    {
        var more = row.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {row.Count - 1} more within the minute") : "";
        return new Check("refused", false, $"{Spoken.Of(row.At)}{more}: {EnumText.Of(row.Reason)}{Who(row.Username, row.ClientId?.Value, row.Address)}");
    }

    private static Check Of(AuditEvent row)
    {
        var evidence = string.Concat(row.Evidence.Select(it => $", {it.Key} {it.Value}"));
        return new Check("recorded", null, $"{Spoken.Of(row.At)}: {EnumText.Of(row.Kind)}{Who(null, row.ClientId?.Value, row.Address)}{evidence}");
    }

    private static string Who(string? username, string? client, string? address) => string.Concat(
        username is null ? "" : $", as {username}", client is null ? "" : $", by client {client}", address is null ? "" : $", from {address}");
}
