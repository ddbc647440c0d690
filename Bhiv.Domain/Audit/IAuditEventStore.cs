namespace Bhiv.Domain.Audit;

/// <summary>
/// Keeps audit events that no other write records. What a store revokes, it records itself, in the same transaction.
/// </summary>
public interface IAuditEventStore
{
    /// <summary>
    /// Committed when it returns. It takes no cancellation: a caller that hangs up does not get out of the record.
    /// </summary>
    Task AddAsync(AuditEvent auditEvent);
}
