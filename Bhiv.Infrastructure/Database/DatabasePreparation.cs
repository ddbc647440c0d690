using System.Globalization;
using Bhiv.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// Brings the database to the schema of this build before the server listens, and verifies what durability rests on.
/// </summary>
internal sealed class DatabasePreparation(
    IDbContextFactory<SqliteBhivDbContext> contexts, DatabaseOptions options, ILogger<DatabasePreparation> logger)
{
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    /// <exception cref="StartRefusedException">The database cannot be used, or a newer build wrote it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DatabaseFile.Prepare(options);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await MakeDurableAsync(context, cancellationToken);
            await MigrateAsync(context, cancellationToken);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Refuse(fault);
        }
        logger.DatabasePrepared(options.FilePath);
    }

    /// <exception cref="StartRefusedException">A newer build wrote it.</exception>
    /// <exception cref="IOException">Another process migrates for longer than anybody should.</exception>
    public async Task MigrateAsync(SqliteBhivDbContext context, CancellationToken cancellationToken)
    {
        switch (await SchemaState.ReadAsync(context, cancellationToken))
        {
            case SchemaState.Newer newer: throw Refuse(newer);
            case SchemaState.Known { IsLatest: true }: return;
        }
        using var alone = await TakeMigrationLockAsync(cancellationToken);
        // Whoever holds the lock file is the only one migrating, so that a row in EF's lock table was left by a process that was
        // killed; EF itself would wait for it for ever.
        var lockTables = context.Database.SqlQuery<int>(
            $"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'");
        if (await lockTables.SingleAsync(cancellationToken) > 0)
            await context.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public StartRefusedException Refuse(SchemaState.Newer newer) => new(
        $"BHIV_DATA: the database {options.FilePath} was written by a newer build ({newer.Version}). "
        + "Run that build, or restore a backup.");

    public StartRefusedException Refuse(Exception fault) => new(
        $"BHIV_DATA: the database {options.FilePath} cannot be used ({fault.Message}) "
        + "Restore it from a backup, or name another directory.", fault);

    /// <summary>
    /// The operating system frees the lock when its process ends, however it ends. The file itself stays: were it removed,
    /// two could hold a lock on two files of the same name.
    /// </summary>
    /// <exception cref="IOException">It cannot be taken, or another process migrates for longer than anybody should.</exception>
    private async Task<FileStream> TakeMigrationLockAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return DatabaseFile.OpenOwned(options.FilePath + "-migration", FileShare.None);
            }
            catch (IOException) when (attempt < MigrationPatience / BetweenAttempts)
            {
                await Task.Delay(BetweenAttempts, cancellationToken);
            }
        }
    }

    /// <summary>
    /// A commit must be on the disk before it is answered: that is WAL with <c>synchronous=FULL</c> (2). The mode is a
    /// property of the file and stays; a file system that cannot share memory refuses it, and the pragma then answers with
    /// another.
    /// </summary>
    private static async Task MakeDurableAsync(SqliteBhivDbContext context, CancellationToken cancellationToken)
    {
        var journal = await PragmaAsync(context, "journal_mode = wal", cancellationToken);
        var synchronous = await PragmaAsync(context, "synchronous", cancellationToken);
        if (journal != "wal" || synchronous != "2")
            throw new StartRefusedException(
                $"BHIV_DATA: SQLite runs with journal_mode={journal}, synchronous={synchronous} where wal and 2 are needed. "
                + "Name a directory on a local file system.");
    }

    private static async Task<string> PragmaAsync(
        SqliteBhivDbContext context, string pragma, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // A literal of this file; a pragma takes no parameters.
        command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)!;
    }
}
