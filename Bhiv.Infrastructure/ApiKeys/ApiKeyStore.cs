using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.ApiKeys;

internal sealed class ApiKeyStore(
    BhivDatabase database, ApiKeyIndex index, SessionEnding sessions, ApiKeyOptions options, TimeProvider time) : IApiKeyStore
{
    public Task<IReadOnlyList<ApiKeyOverview>> ListAsync(ClientId? client, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKeyOverview>>(
            async (context, token) =>
            {
                var clients = await context.Clients.AsNoTracking().ToDictionaryAsync(row => row.Id, token);
                var live = await SessionStore.Live(context, now)
                    .Where(session => session.ApiKeyId != null)
                    .GroupBy(session => session.ApiKeyId!.Value)
                    .Select(sessions => new { Id = sessions.Key, Count = sessions.Count(), Last = sessions.Max(session => session.ExpiresAt) })
                    .ToDictionaryAsync(sessions => sessions.Id, token);
                var keys = await context.ApiKeys.AsNoTracking().Where(key => client == null || key.ClientId == client)
                    .OrderByDescending(key => key.CreatedAt).ThenBy(key => key.Id).ToListAsync(token);
                return
                [
                    .. keys.Select(key => new ApiKeyOverview(
                        key.IsOfEnvironment ? key with { Scopes = options.BootstrapScopes } : key,
                        clients[key.ClientId],
                        live.GetValueOrDefault(key.Id)?.Count ?? 0,
                        live.GetValueOrDefault(key.Id)?.Last)),
                ];
            },
            cancellationToken);

    public Task<ApiKey?> FindAsync(ApiKeyId id, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Id == id, token), cancellationToken);

    public Task<bool> TryAddAsync(ApiKey key, AuditEvent recorded) => ChangeAsync(
        async context =>
        {
            if (!await context.Clients.AnyAsync(client => client.Id == key.ClientId && client.DisabledAt == null)) return false;
            context.ApiKeys.Add(key);
            return true;
        },
        recorded);

    public Task<bool> TryRotateAsync(ApiKeyId replaced, ApiKey next, DateTimeOffset overlapEnds, AuditEvent recorded) => ChangeAsync(
        async context =>
        {
            var now = time.Now();
            var live = context.ApiKeys.Where(key => key.Id == replaced && key.RevokedAt == null && key.ReplacedBy == null
                && key.ExpiresAt > now && context.Clients.Any(client => client.Id == key.ClientId && client.DisabledAt == null));
            var rotated = await live.ExecuteUpdateAsync(key => key
                .SetProperty(row => row.ReplacedBy, next.Id)
                .SetProperty(row => row.ExpiresAt, row => row.ExpiresAt < overlapEnds ? row.ExpiresAt : overlapEnds));
            if (rotated == 1) context.ApiKeys.Add(next);
            return rotated == 1;
        },
        recorded);

    public async Task<int?> TryRevokeAsync(ApiKeyId id, AuditEvent recorded)
    {
        var ended = await database.WriteInTransactionAsync(
            async context =>
            {
                var revoked = await context.ApiKeys.Where(key => key.Id == id && key.RevokedAt == null)
                    .ExecuteUpdateAsync(key => key.SetProperty(row => row.RevokedAt, recorded.At));
                if (revoked == 0) return null;
                // A session that began before keys were kept with it began with one of the environment.
                var ofEnvironment = await context.ApiKeys.AnyAsync(key => key.Id == id && key.Hash == null);
                return await SessionEnding.EndAsync(
                    context,
                    session => session.ApiKeyId == id || (ofEnvironment && session.ApiKeyId == null && session.ClientId == ClientId.Default),
                    recorded);
            },
            CancellationToken.None);
        return sessions.Tell(ended);
    }

    public Task<IReadOnlyList<ApiKey>> ListGoodAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            async (context, token) => await context.ApiKeys.AsNoTracking()
                .Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now)
                    && context.Clients.Any(client => client.Id == key.ClientId && client.DisabledAt == null))
                .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id).ToListAsync(token),
            cancellationToken);

    public async Task<IReadOnlyList<ApiKey>> SeeAsync(IReadOnlyList<ApiKey> environment, CancellationToken cancellationToken)
    {
        var rows = await database.WriteInTransactionAsync(
            async context =>
            {
                if (!await context.Clients.AnyAsync(client => client.Id == ClientId.Default, CancellationToken.None))
                    context.Clients.Add(new Client { Id = ClientId.Default, CreatedAt = time.Now() });
                foreach (var key in environment)
                {
                    if (!await context.ApiKeys.AnyAsync(row => row.Id == key.Id)) context.ApiKeys.Add(key);
                }
                await context.SaveChangesAsync(CancellationToken.None);
                return await ApiKeyIndex.ReadAsync(context, CancellationToken.None);
            },
            cancellationToken);
        index.Take(rows);
        return rows.Keys;
    }

    /// <summary>A change with its record; once it is committed, this process acts by it.</summary>
    private async Task<bool> ChangeAsync(Func<BhivDbContext, Task<bool>> change, AuditEvent recorded)
    {
        var rows = await database.WriteInTransactionAsync(
            async context =>
            {
                if (!await change(context)) return null;
                context.AuditEvents.Add(recorded);
                await context.SaveChangesAsync();
                return await ApiKeyIndex.ReadAsync(context, CancellationToken.None);
            },
            CancellationToken.None);
        if (rows is not null) index.Take(rows);
        return rows is not null;
    }
}
