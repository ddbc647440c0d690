using System.Runtime.CompilerServices;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Application.Audit;

/// <summary>What an administrator reads: the log of failed logins and the audit events, the newest first.</summary>
public sealed class AuditReport(IFailedLoginStore failedLogins, IAuditEventStore auditEvents, SigningKeyRing keys)
{
    /// <summary>How many addresses and accounts an hour of the summary names.</summary>
    public const int Top = 10;

    /// <summary>
    /// Rows that are read at once where all are asked for. Each read is a transaction of its own: one that lasted as long as a
    /// slow reader would keep the write-ahead log from ever being emptied.
    /// </summary>
    private const int Batch = 1000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="after">The last row that is known already; null begins with the newest.</param>
    /// <param name="limit">How many; null for all there are.</param>
    public IAsyncEnumerable<FailedLogin> ReadFailedLoginsAsync(FailedLoginFilter filter, FailedLoginPosition? after, int? limit) =>
        ReadAsync<FailedLogin>(
            (last, count, token) => failedLogins.ListAsync(
                WithHash(filter), last is null ? after : FailedLoginPosition.Of(last), count, token),
            limit);

    /// <param name="after">The last event that is known already; null begins with the newest.</param>
    /// <param name="limit">How many; null for all there are.</param>
    public IAsyncEnumerable<AuditEvent> ReadEventsAsync(AuditEventFilter filter, AuditEventPosition? after, int? limit) =>
        ReadAsync<AuditEvent>(
            (last, count, token) => auditEvents.ListAsync(
                filter, last is null ? after : AuditEventPosition.Of(last), count, token),
            limit);

    /// <summary>Failed logins by the hour of UTC, the newest first; an hour without any is left out.</summary>
    /// <param name="from">Within the first hour.</param>
    /// <param name="until">The first instant that is too late.</param>
    public async Task<IReadOnlyList<FailedLoginSummary>> SummariseFailedLoginsAsync(
        DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var hours = new List<FailedLoginSummary>();
        for (var hour = StartOfHour(until.AddTicks(-1)); hour >= StartOfHour(from); hour -= Hour)
        {
            var summary = await failedLogins.SummariseAsync(hour, hour + Hour, Top, cancellationToken);
            if (summary.Count > 0) hours.Add(summary);
        }
        return hours;
    }

    private static DateTimeOffset StartOfHour(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Hour.Ticks, TimeSpan.Zero);

    private FailedLoginFilter WithHash(FailedLoginFilter filter) => filter.Username is { } name
        ? filter with { UsernameHashes = [.. keys.Keys.Select(key => UnknownName.Of(name, key).Hash)] }
        : filter;

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<T?, int, CancellationToken, Task<IReadOnlyList<T>>> read,
        int? limit,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        T? last = null;
        for (var left = limit ?? int.MaxValue; left > 0;)
        {
            var count = Math.Min(left, Batch);
            var rows = await read(last, count, cancellationToken);
            foreach (var row in rows) yield return row;
            if (rows.Count < count) break;
            (last, left) = (rows[^1], limit is null ? left : left - rows.Count);
        }
    }
}
