using System.Runtime.CompilerServices;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// How the stores reach the database: reads at any time, writes through the lane, each in a context of its own.
/// </summary>
internal sealed class BhivDatabase(IDbContextFactory<SqliteBhivDbContext> contexts, WriteLane lane)
{
    /// <summary>
    /// How long a write waits: in the lane for the writes of this process, and then at the file for those of others.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // SQLite's primary result codes BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN and PROTOCOL (the locks of the write-ahead log).
    private static readonly int[] Outages = [5, 6, 7, 8, 10, 13, 14, 15];

    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    /// <param name="step">The span's name; by default the method that reads.</param>
    public async Task<T> ReadAsync<T>(
        Func<BhivDbContext, CancellationToken, Task<T>> query,
        CancellationToken cancellationToken,
        [CallerMemberName] string step = "")
    {
        using var span = BhivTracing.Begin(step);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await query(context, cancellationToken);
        }
        catch (Exception fault) when (IsOutage(fault))
        {
            throw new StoreUnavailableException("The database could not be read.", fault);
        }
    }

    /// <summary>A single statement, or a save: atomic by itself, durable when this returns.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer, and nothing was written.</exception>
    /// <param name="step">The span's name, waiting included; by default the method that writes.</param>
    public async Task<T> WriteAsync<T>(
        Func<BhivDbContext, Task<T>> write, CancellationToken cancellationToken, [CallerMemberName] string step = "")
    {
        using var span = BhivTracing.Begin(step);
        return await lane.RunAsync(
            async () =>
            {
                try
                {
                    await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
                    return await write(context);
                }
                catch (Exception fault) when (IsOutage(fault))
                {
                    throw new StoreUnavailableException("The database could not be written.", fault);
                }
            },
            Patience,
            cancellationToken);
    }

    /// <summary>Several statements as one: all of them are durable when this returns, or none.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer, and nothing was written.</exception>
    /// <param name="step">The span's name, waiting included; by default the method that writes.</param>
    public Task<T> WriteInTransactionAsync<T>(
        Func<BhivDbContext, Task<T>> write, CancellationToken cancellationToken, [CallerMemberName] string step = "") =>
        WriteAsync(
            async context =>
            {
                // SQLite's transactions begin IMMEDIATE here: what was read inside is still true when it is acted on.
                await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
                var outcome = await write(context);
                await transaction.CommitAsync(CancellationToken.None);
                return outcome;
            },
            cancellationToken,
            step);

    /// <summary>Whether the same call may succeed later. Anything else, such as a violated constraint, is a bug.</summary>
    private static bool IsOutage(Exception fault) =>
        fault.GetBaseException() is SqliteException failure && Outages.Contains(failure.SqliteErrorCode);
}
