using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginStore(BhivDatabase database, FailedLoginTally tally, FailedLoginDays days, BhivMetrics metrics)
    : IFailedLoginStore
{
    /// <summary>Rows of one transaction: it holds the writer for a few milliseconds.</summary>
    private const int Batch = 100;

    public async Task AddAsync(FailedLogin failure)
    {
        var isFolded = !days.TryTake(failure);
        if (isFolded)
        {
            tally.AddToHour(failure);
            // No more than its own, whatever else waits to be written: who is known takes no longer to refuse than who is not. What another call
            // has taken meanwhile is on the disk, or given back, when the lane is free for this one.
            await WriteBatchAsync(() => tally.TakeHourOf(failure));
        }
        else
        {
            await AddRowAsync(failure);
        }
        metrics.FailedLoginLogged(failure.Reason, isFolded);
    }

    public void Count(FailedLogin failure) => metrics.FailedLoginLogged(failure.Reason, isFolded: tally.Add(failure));

    public Task<IReadOnlyList<FailedLogin>> ListAsync(
        FailedLoginFilter filter, FailedLoginPosition? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<FailedLogin>>(
            async (context, token) =>
            {
                // One upper bound of the time and not two, so that the index over it leads to the page.
                if (after?.At < filter.Until) filter = filter with { Until = null };
                var rows = Filtered(context, filter);
                if (after is var (at, id) && filter.Until is null)
                    rows = rows.Where(row => row.At <= at && (row.At < at || row.Id < id));
                return await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(limit).ToListAsync(token);
            },
            cancellationToken);

    public Task<FailedLoginSummary> SummariseAsync(
        DateTimeOffset from, DateTimeOffset until, int top, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var rows = Filtered(context, new FailedLoginFilter { From = from, Until = until });
            var reasons = await rows.GroupBy(row => row.Reason)
                .Select(group => new Tally<FailedLoginReason>(group.Key, group.Sum(row => row.Count)))
                .ToListAsync(token);
            if (reasons.Count == 0) return new FailedLoginSummary(from, 0, [], [], []);
            var addresses = await rows.GroupBy(row => row.Address)
                .Select(group => new { group.Key, Count = group.Sum(row => row.Count) })
                .OrderByDescending(group => group.Count).ThenBy(group => group.Key).Take(top)
                .Select(group => new Tally<string?>(group.Key, group.Count))
                .ToListAsync(token);
            var accounts = await rows.Where(row => row.AccountId != null).GroupBy(row => row.AccountId!.Value)
                .Select(group => new { group.Key, Username = group.Max(row => row.Username), Count = group.Sum(row => row.Count) })
                .OrderByDescending(group => group.Count).ThenBy(group => group.Key).Take(top)
                .Select(group => new AccountTally(group.Key, group.Username, group.Count))
                .ToListAsync(token);
            return new FailedLoginSummary(
                from, reasons.Sum(reason => reason.Count), [.. reasons.OrderByDescending(reason => reason.Count)], addresses, accounts);
        },
        cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) => database.WriteAsync(
        context => context.FailedLogins
            .Where(FailedLogin.IsOld(now))
            .OrderBy(failure => failure.At)
            .Take(batch)
            .ExecuteDeleteAsync(),
        cancellationToken);

    /// <summary>How many rows there are of the day, as far as it has come.</summary>
    public Task<Dictionary<FailedLoginKind, int>> CountDayAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = FailedLoginDays.StartOf(now);
        return database.ReadAsync(
            async (context, token) =>
            {
                var reasons = await context.FailedLogins.Where(row => row.At >= from)
                    .GroupBy(row => row.Reason).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(token);
                return reasons.GroupBy(reason => FailedLogin.KindOf(reason.Key)).ToDictionary(kind => kind.Key, kind => kind.Sum(it => it.Count));
            },
            cancellationToken);
    }

    /// <summary>Writes what was counted; what cannot be written stays counted.</summary>
    /// <exception cref="Domain.StoreUnavailableException">The database does not answer.</exception>
    public async Task WriteCountsAsync(DateTimeOffset now)
    {
        while (tally.HasPending && await WriteBatchAsync(() => tally.Take(now, Batch)) == Batch)
        {
        }
    }

    private async Task AddRowAsync(FailedLogin failure)
    {
        try
        {
            await database.WriteAsync(
                context =>
                {
                    context.FailedLogins.Add(failure);
                    return context.SaveChangesAsync();
                },
                CancellationToken.None,
                nameof(AddAsync));
        }
        catch
        {
            days.GiveBack(failure);
            throw;
        }
    }

    /// <summary>Takes and writes within one turn of the lane: whoever has had a turn knows that what was counted before is written.</summary>
    /// <returns>How many rows; fewer than <see cref="Batch"/> when none is left.</returns>
    private Task<int> WriteBatchAsync(Func<IReadOnlyList<FailedLogin>> take) => database.WriteAsync(
        async context =>
        {
            var counted = take();
            if (counted.Count == 0) return 0;
            try
            {
                await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
                await WriteAsync(context, counted);
                await transaction.CommitAsync(CancellationToken.None);
                return counted.Count;
            }
            catch
            {
                tally.GiveBack(counted);
                throw;
            }
        },
        CancellationToken.None,
        nameof(WriteCountsAsync));

    private static async Task WriteAsync(BhivDbContext context, IReadOnlyList<FailedLogin> counted)
    {
        var ids = counted.Select(row => row.Id).ToList();
        var known = await context.FailedLogins.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync();
        // Most were refused once more: one statement for all that grow alike.
        foreach (var alike in counted.Where(row => known.Contains(row.Id)).GroupBy(row => row.Count, row => row.Id))
        {
            var grown = alike.ToList();
            await context.FailedLogins.Where(row => grown.Contains(row.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(it => it.Count, it => it.Count + alike.Key));
        }
        context.FailedLogins.AddRange(counted.Where(row => !known.Contains(row.Id)));
        await context.SaveChangesAsync();
    }

    private static IQueryable<FailedLogin> Filtered(BhivDbContext context, FailedLoginFilter filter)
    {
        var rows = context.FailedLogins.AsNoTracking();
        if (filter.From is { } from) rows = rows.Where(row => row.At >= from);
        if (filter.Until is { } until) rows = rows.Where(row => row.At < until);
        if (filter.Username is { Key: var key })
        {
            var account = context.Accounts.Where(row => row.NameKey == key).Select(row => (AccountId?)row.Id);
            rows = rows.Where(row => account.Contains(row.AccountId) || filter.UsernameHashes.Contains(row.UsernameHash));
        }
        if (filter.Account is { } id) rows = rows.Where(row => row.AccountId == id);
        if (filter.Address is { } address) rows = rows.Where(row => row.Address == address);
        if (filter.Reason is { } reason) rows = rows.Where(row => row.Reason == reason);
        if (filter.Client is { } client) rows = rows.Where(row => row.ClientId == client);
        if (filter.TraceId is { } trace) rows = rows.Where(row => row.TraceId == trace);
        return rows;
    }
}
