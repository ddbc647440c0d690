using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.SigningKeys;

internal sealed class SigningKeyStore(BhivDatabase database, SigningKeyRing ring) : ISigningKeyStore
{
    public Task<IReadOnlyList<SigningKeyRecord>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SigningKeyRecord>>(
            async (context, token) => await context.SigningKeys.AsNoTracking().OrderBy(key => key.FirstSeenAt).ToListAsync(token),
            cancellationToken);

    public Task SeeAsync(SigningKeySet keys, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteInTransactionAsync(
        async context =>
        {
            foreach (var key in keys.All)
            {
                if (!await context.SigningKeys.AnyAsync(row => row.Id == key.Id))
                    context.SigningKeys.Add(new SigningKeyRecord { Id = key.Id, FirstSeenAt = now });
            }
            await context.SaveChangesAsync();
            return await context.SigningKeys.Where(row => row.Id == keys.Active.Id && row.SignsSince == null)
                .ExecuteUpdateAsync(row => row.SetProperty(it => it.SignsSince, now));
        },
        cancellationToken);

    public async Task<bool> TryMarkCompromisedAsync(string id, AuditEvent recorded)
    {
        var compromised = await database.WriteInTransactionAsync(
            async context =>
            {
                if (!await context.SigningKeys.AnyAsync(row => row.Id == id))
                {
                    context.SigningKeys.Add(new SigningKeyRecord { Id = id, FirstSeenAt = recorded.At });
                    await context.SaveChangesAsync();
                }
                var marked = await context.SigningKeys.Where(row => row.Id == id && row.CompromisedAt == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(it => it.CompromisedAt, recorded.At));
                if (marked == 0) return null;
                context.AuditEvents.Add(recorded);
                await context.SaveChangesAsync();
                return await ReadCompromisedAsync(context, CancellationToken.None);
            },
            CancellationToken.None);
        if (compromised is not null) ring.Exclude(compromised);
        return compromised is not null;
    }

    public Task<IReadOnlyDictionary<string, SigningKeyUse>> CountSessionsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, SigningKeyUse>>(
            async (context, token) => await SessionStore.Live(context, now)
                .GroupBy(session => session.KeyId)
                .Select(sessions => new { Id = sessions.Key, Count = sessions.Count(), Last = sessions.Max(session => session.ExpiresAt) })
                .ToDictionaryAsync(sessions => sessions.Id, sessions => new SigningKeyUse(sessions.Count, sessions.Last), token),
            cancellationToken);

    /// <summary>For the ring.</summary>
    public static Task<Dictionary<string, DateTimeOffset>> ReadCompromisedAsync(BhivDbContext context, CancellationToken cancellationToken) =>
        context.SigningKeys.AsNoTracking().Where(row => row.CompromisedAt != null)
            .ToDictionaryAsync(row => row.Id, row => row.CompromisedAt!.Value, cancellationToken);
}
