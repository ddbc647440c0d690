using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Accounts;

internal sealed class AccountStore(BhivDatabase database, BhivMetrics metrics) : IAccountStore
{
    public Task<Account?> FindByNameAsync(AccountName name, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NameKey == name.Key, token),
        cancellationToken);

    public Task<bool> TryAddAsync(Account account, CancellationToken cancellationToken) => database.WriteInTransactionAsync(
        async context =>
        {
            if (await context.Accounts.AnyAsync(row => row.NameKey == account.NameKey)) return false;
            context.Accounts.Add(account);
            await context.SaveChangesAsync();
            return true;
        },
        cancellationToken);

    public async Task<bool> TryRehashAsync(AccountId account, PasswordHash present, PasswordHash next, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            context => context.Accounts
                .Where(row => row.Id == account && row.PasswordHash == present)
                .ExecuteUpdateAsync(row => row
                    .SetProperty(it => it.PasswordHash, next)
                    // Where it was one hash it stays one: by that a password of the environment is known without a look at it.
                    .SetProperty(it => it.EnvironmentPasswordHash, it => it.EnvironmentPasswordHash == present ? next : it.EnvironmentPasswordHash)),
            cancellationToken) == 1;

    public Task<Account?> FindEnvironmentAccountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(row => row.EnvironmentPasswordHash != null, token),
        cancellationToken);

    public async Task ApplyEnvironmentAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await database.WriteInTransactionAsync(
            async context =>
            {
                // Whose sessions end: other processes learn of it by the record.
                var changing = await context.Accounts
                    .Where(row => row.EnvironmentPasswordHash != null || row.NameKey == account.NameKey)
                    .AsNoTracking().ToListAsync();
                foreach (var row in changing)
                {
                    var revocation = AuditEvent.OfAccount(row.Id, kept: null, RevocationReason.AccountChanged, caller: null, now);
                    await Cutoff.MakeAsync(context, row.Id, revocation, now);
                }
                var changedAt = changing.SingleOrDefault(row => row.NameKey == account.NameKey)?.NextPasswordChange(now) ?? now;
                await context.Accounts
                    .Where(row => row.EnvironmentPasswordHash != null && row.NameKey != account.NameKey)
                    .ExecuteUpdateAsync(former => former
                        .SetProperty(row => row.EnvironmentPasswordHash, (PasswordHash?)null)
                        .SetProperty(row => row.DisabledAt, now)
                        .SetProperty(row => row.Version, row => row.Version + 1));
                var taken = await context.Accounts
                    .Where(row => row.NameKey == account.NameKey)
                    .ExecuteUpdateAsync(present => present
                        .SetProperty(row => row.PasswordHash, account.PasswordHash)
                        .SetProperty(row => row.PasswordChangedAt, changedAt)
                        .SetProperty(row => row.OneTimePasswordUntil, (DateTimeOffset?)null)
                        .SetProperty(row => row.EnvironmentPasswordHash, account.EnvironmentPasswordHash)
                        .SetProperty(row => row.Roles, account.Roles)
                        .SetProperty(row => row.DisabledAt, (DateTimeOffset?)null)
                        .SetProperty(row => row.Version, row => row.Version + 1));
                if (taken == 0) context.Accounts.Add(account);
                await context.SaveChangesAsync();
                return changing.Count;
            },
            cancellationToken);
        for (; ended > 0; ended--) metrics.AccountSessionsRevoked(RevocationReason.AccountChanged);
    }

    public Task<IReadOnlyList<Account>> ListEnabledAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Account>>(
            async (context, token) => await context.Accounts.AsNoTracking()
                .Where(row => row.DisabledAt == null).OrderBy(row => row.NameKey).ToListAsync(token),
            cancellationToken);
}
