using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Database;

/// <summary>How the stores reach the database: reads at any time, writes through the lane, each in a context of its own.</summary>
internal sealed class BhivDatabase(IDbContextFactory<SqliteBhivDbContext> contexts, WriteLane lane)
{
    public async Task<T> ReadAsync<T>(
        Func<BhivDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await query(context, cancellationToken);
    }

    /// <summary>A single statement, or a save: atomic by itself, durable when this returns.</summary>
    public Task<T> WriteAsync<T>(Func<BhivDbContext, Task<T>> write, CancellationToken cancellationToken) =>
        lane.RunAsync(
            async () =>
            {
                await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
                return await write(context);
            },
            cancellationToken);

    /// <summary>Several statements as one: all of them are durable when this returns, or none.</summary>
    public Task<T> WriteInTransactionAsync<T>(Func<BhivDbContext, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async context =>
            {
                // SQLite's transactions begin IMMEDIATE here: what was read inside is still true when it is acted on.
                await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
                var outcome = await write(context);
                await transaction.CommitAsync(CancellationToken.None);
                return outcome;
            },
            cancellationToken);
}
