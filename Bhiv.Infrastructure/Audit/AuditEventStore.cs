using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;

namespace Bhiv.Infrastructure.Audit;

internal sealed class AuditEventStore(BhivDatabase database) : IAuditEventStore
{
    public Task AddAsync(AuditEvent fact) => database.WriteAsync(
        context =>
        {
            context.AuditEvents.Add(fact);
            return context.SaveChangesAsync();
        },
        CancellationToken.None);
}
