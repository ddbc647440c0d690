using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginStore(BhivDatabase database, FailedLoginTally tally) : IFailedLoginStore
{
    /// <summary>Rows of one transaction: it holds the writer for a few milliseconds.</summary>
    private const int Batch = 100;

    public Task AddAsync(FailedLogin failure) => database.WriteAsync(
        context =>
        {
            context.FailedLogins.Add(failure);
            return context.SaveChangesAsync();
        },
        CancellationToken.None);

    public void Count(FailedLogin failure) => tally.Add(failure);

    public Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) => database.WriteAsync(
        context => context.FailedLogins
            .Where(FailedLogin.IsOld(now))
            .OrderBy(failure => failure.At)
            .Take(batch)
            .ExecuteDeleteAsync(),
        cancellationToken);

    /// <summary>Writes what was counted; what cannot be written stays counted.</summary>
    /// <exception cref="Domain.StoreUnavailableException">The database does not answer.</exception>
    public async Task WriteCountsAsync(DateTimeOffset now)
    {
        var counted = tally.Take(now);
        for (var written = 0; written < counted.Count; written += Batch)
        {
            try
            {
                await WriteCountsAsync(counted.Skip(written).Take(Batch).ToList());
            }
            catch
            {
                tally.GiveBack([.. counted.Skip(written)]);
                throw;
            }
        }
    }

    private Task<int> WriteCountsAsync(List<FailedLogin> counted) => database.WriteInTransactionAsync(
        async context =>
        {
            var ids = counted.Select(row => row.Id).ToList();
            var known = await context.FailedLogins.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync();
            foreach (var failure in counted.Where(row => known.Contains(row.Id)))
            {
                await context.FailedLogins.Where(row => row.Id == failure.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(it => it.Count, it => it.Count + failure.Count));
            }
            context.FailedLogins.AddRange(counted.Where(row => !known.Contains(row.Id)));
            return await context.SaveChangesAsync();
        },
        CancellationToken.None);
}
