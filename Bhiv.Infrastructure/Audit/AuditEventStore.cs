using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;

namespace Bhiv.Infrastructure.Audit;

internal sealed class AuditEventStore(BhivDatabase database) : IAuditEventStore
{
    public Task AddAsync(AuditEvent auditEvent) => database.WriteAsync(
        context =>
        {
            context.AuditEvents.Add(auditEvent);
            return context.SaveChangesAsync();
        },
        CancellationToken.None);
}
