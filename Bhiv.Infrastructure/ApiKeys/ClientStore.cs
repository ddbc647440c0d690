using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.ApiKeys;

internal sealed class ClientStore(BhivDatabase database, ApiKeyIndex index, SessionEnding sessions) : IClientStore
{
    public Task<IReadOnlyList<Client>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Client>>(
        async (context, token) => await context.Clients.AsNoTracking().OrderBy(client => client.Id).ToListAsync(token), cancellationToken);

    public Task<Client?> FindAsync(ClientId id, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Clients.AsNoTracking().SingleOrDefaultAsync(client => client.Id == id, token), cancellationToken);

    public Task<bool> TryAddAsync(Client client, AuditEvent recorded) => database.WriteInTransactionAsync(
        async context =>
        {
            if (await context.Clients.AnyAsync(row => row.Id == client.Id)) return false;
            context.Clients.Add(client);
            context.AuditEvents.Add(recorded);
            await context.SaveChangesAsync();
            return true;
        },
        CancellationToken.None);

    public async Task<int?> TryDisableAsync(ClientId id, AuditEvent recorded)
    {
        var ended = await database.WriteInTransactionAsync(
            async context =>
            {
                var disabled = await context.Clients.Where(client => client.Id == id && client.DisabledAt == null)
                    .ExecuteUpdateAsync(client => client.SetProperty(row => row.DisabledAt, recorded.At));
                return disabled == 0 ? null : await SessionEnding.EndAsync(context, session => session.ClientId == id, recorded);
            },
            CancellationToken.None);
        return sessions.Tell(ended);
    }

    public async Task<bool> TryEnableAsync(ClientId id, AuditEvent recorded)
    {
        var rows = await database.WriteInTransactionAsync(
            async context =>
            {
                var enabled = await context.Clients.Where(client => client.Id == id && client.DisabledAt != null)
                    .ExecuteUpdateAsync(client => client.SetProperty(row => row.DisabledAt, (DateTimeOffset?)null));
                if (enabled == 0) return null;
                context.AuditEvents.Add(recorded);
                await context.SaveChangesAsync();
                return await ApiKeyIndex.ReadAsync(context, CancellationToken.None);
            },
            CancellationToken.None);
        if (rows is not null) index.Take(rows);
        return rows is not null;
    }
}
