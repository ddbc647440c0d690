namespace Bhiv.Domain.Audit;

/// <summary>
/// Keeps audit events. What a store revokes, it records itself, in the same transaction; <see cref="AddAsync"/> is for what no
/// other write records.
/// </summary>
public interface IAuditEventStore
{
    /// <summary>
    /// Committed when it returns. It takes no cancellation: a caller that hangs up does not get out of the record.
    /// </summary>
    Task AddAsync(AuditEvent auditEvent);

    /// <summary>The newest first, as they stand now. What comes in between two calls moves nothing that is older.</summary>
    /// <param name="after">The last event that is known already; null begins with the newest.</param>
    /// <param name="limit">How many at the most.</param>
    Task<IReadOnlyList<AuditEvent>> ListAsync(
        AuditEventFilter filter, AuditEventPosition? after, int limit, CancellationToken cancellationToken);
}
