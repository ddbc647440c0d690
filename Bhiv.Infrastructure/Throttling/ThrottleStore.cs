using Bhiv.Domain.Throttling;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Throttling;

internal sealed class ThrottleStore(BhivDatabase database) : IThrottleStore
{
    public Task<IReadOnlyList<Throttle>> ReadAsync(IReadOnlyList<ThrottleSubject> subjects, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Throttle>>(
            async (context, token) => await Of(context, subjects).ToListAsync(token), cancellationToken, "ReadThrottles");

    public Task<IReadOnlyList<Throttle>> FailAsync(IReadOnlyList<ThrottleSubject> subjects, DateTimeOffset now) =>
        ChangeAsync(subjects, (throttle, subject) => throttle.Fail(subject.Rule.Window, now));

    public Task<IReadOnlyList<Throttle>> SucceedAsync(ThrottleSubject pair, ThrottleSubject? name, DateTimeOffset at) =>
        ChangeAsync(name is null ? [pair] : [pair, name], (throttle, subject) => subject == pair ? throttle.Succeed(at) : throttle.Reset(at));

    public async Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken)
    {
        var dead = await database.WriteAsync(
            context => context.Throttles.Where(Throttle.IsDead(now)).OrderBy(row => row.ExpiresAt).Take(batch).ExecuteDeleteAsync(),
            cancellationToken);
        return dead == batch ? dead : dead + await PurgeSurplusAsync(batch - dead, cancellationToken);
    }

    private async Task<int> PurgeSurplusAsync(int batch, CancellationToken cancellationToken)
    {
        // Chosen outside the lane: nobody waits for it. What has changed by the time it is their turn matters more than it did.
        var surplus = await database.ReadAsync(
            async (context, token) =>
            {
                var strangers = context.Throttles.Where(row => row.SucceededAt == null);
                var count = await strangers.CountAsync(token) - Throttle.MaximumCount;
                if (count <= 0) return [];
                return await strangers.OrderBy(row => row.Failures).ThenBy(row => row.ChangedAt)
                    .Select(row => new { row.Key, row.Version }).Take(Math.Min(count, batch)).ToListAsync(token);
            },
            cancellationToken);
        if (surplus.Count == 0) return 0;
        var (keys, newest) = (surplus.Select(row => row.Key).ToList(), surplus.Max(row => row.Version));
        return await database.WriteAsync(
            context => context.Throttles.Where(row => keys.Contains(row.Key) && row.Version <= newest && row.SucceededAt == null).ExecuteDeleteAsync(),
            cancellationToken);
    }

    private Task<IReadOnlyList<Throttle>> ChangeAsync(
        IReadOnlyList<ThrottleSubject> subjects, Func<Throttle, ThrottleSubject, Throttle> change) =>
        database.WriteInTransactionAsync<IReadOnlyList<Throttle>>(
            async context =>
            {
                var stored = await Of(context, subjects).ToDictionaryAsync(row => row.Key);
                var changed = subjects
                    .Select(subject => change(stored.GetValueOrDefault(subject.Key) ?? new Throttle { Key = subject.Key }, subject)).ToList();
                foreach (var throttle in changed) context.Entry(throttle).State = stored.ContainsKey(throttle.Key) ? EntityState.Modified : EntityState.Added;
                await context.SaveChangesAsync();
                return changed;
            },
            CancellationToken.None,
            "WriteThrottles");

    private static IQueryable<Throttle> Of(BhivDbContext context, IReadOnlyList<ThrottleSubject> subjects)
    {
        var keys = subjects.Select(subject => subject.Key).ToList();
        return context.Throttles.AsNoTracking().Where(row => keys.Contains(row.Key));
    }
}
