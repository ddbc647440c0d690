using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

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

    public Task<IReadOnlyList<AuditEvent>> ListAsync(
        AuditEventFilter filter, AuditEventPosition? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEvent>>(
            async (context, token) =>
            {
                // One upper bound of the time and not two, so that the index over it leads to the page.
                if (after?.At < filter.Until) filter = filter with { Until = null };
                var events = Filtered(context, filter);
                if (after is var (at, sequence) && filter.Until is null)
                    events = events.Where(row => row.At <= at && (row.At < at || row.Sequence < sequence));
                return await events.OrderByDescending(row => row.At).ThenByDescending(row => row.Sequence)
                    .Take(limit).ToListAsync(token);
            },
            cancellationToken);

    private static IQueryable<AuditEvent> Filtered(BhivDbContext context, AuditEventFilter filter)
    {
        var events = context.AuditEvents.AsNoTracking();
        if (filter.From is { } from) events = events.Where(row => row.At >= from);
        if (filter.Until is { } until) events = events.Where(row => row.At < until);
        if (filter.Username is { Key: var key })
        {
            var account = context.Accounts.Where(row => row.NameKey == key).Select(row => (AccountId?)row.Id);
            events = events.Where(row => account.Contains(row.AccountId));
        }
        if (filter.Account is { } id) events = events.Where(row => row.AccountId == id);
        if (filter.Session is { } session) events = events.Where(row => row.SessionId == session);
        if (filter.Address is { } address) events = events.Where(row => row.Address == address);
        if (filter.Kind is { } kind) events = events.Where(row => row.Kind == kind);
        if (filter.Reason is { } reason) events = events.Where(row => row.Reason == reason);
        if (filter.Client is { } client) events = events.Where(row => row.ClientId == client);
        if (filter.TraceId is { } trace) events = events.Where(row => row.TraceId == trace);
        return events;
    }
}
