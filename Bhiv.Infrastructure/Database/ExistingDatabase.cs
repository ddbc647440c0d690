using Bhiv.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// The servers' database for whoever works beside them: never made, and brought up only where that is what was asked for. A command
/// run with the wrong build or the wrong directory must not be what changes it.
/// </summary>
internal sealed class ExistingDatabase(
    IDbContextFactory<SqliteBhivDbContext> contexts, DatabaseOptions options, DatabasePreparation preparation)
{
    // SQLite's primary result codes BUSY, LOCKED and PROTOCOL (the locks of the write-ahead log).
    private static readonly int[] Busy = [5, 6, 15];

    // READONLY: to who only looks, that somebody must first mend the log's index; to others, that they may not write.
    private const int ReadOnly = 8;

    /// <exception cref="StartRefusedException">It is not there, not writable or to be read, or not of this build.</exception>
    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => UseAsync(
        async context =>
        {
            if (await ReadAsync(context, cancellationToken) is { IsLatest: false } older)
                throw new StartRefusedException(
                    $"BHIV_DATA: the database {options.FilePath} is of an older build ({older.Version}): "
                    + "stop the servers and bring it up with `migrate`.");
            return true;
        },
        cancellationToken);

    /// <returns>The last migration before and after.</returns>
    /// <exception cref="StartRefusedException">It is not there, not writable, or no older build's.</exception>
    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    public Task<(string From, string To)> MigrateAsync(CancellationToken cancellationToken) => UseAsync(
        async context =>
        {
            var schema = await ReadAsync(context, cancellationToken);
            if (!schema.IsLatest) await preparation.MigrateAsync(context, cancellationToken);
            return (schema.Version, context.Database.GetMigrations().Last());
        },
        cancellationToken);

    private async Task<SchemaState.Known> ReadAsync(SqliteBhivDbContext context, CancellationToken cancellationToken) =>
        await SchemaState.ReadAsync(context, cancellationToken) switch
        {
            SchemaState.Known known => known,
            SchemaState.Newer newer => throw preparation.Refuse(newer),
            _ => throw new StartRefusedException(
                $"BHIV_DATA: {options.FilePath} is no database of this service. Name the directory of the server's."),
        };

    private async Task<T> UseAsync<T>(Func<SqliteBhivDbContext, Task<T>> use, CancellationToken cancellationToken)
    {
        DatabaseFile.Demand(options);
        if (options.IsReadOnly && UntouchedFile.IsLogUnreadable(options.FilePath))
            throw new StoreUnavailableException($"The database {options.FilePath} cannot be read now.", new IOException("There is a -wal beside it and no -shm."));
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await use(context);
        }
        catch (SqliteException fault) when (Busy.Contains(fault.SqliteErrorCode) || (options.IsReadOnly && fault.SqliteErrorCode == ReadOnly))
        {
            throw new StoreUnavailableException($"The database {options.FilePath} is locked by another process.", fault);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw preparation.Refuse(fault);
        }
    }
}
