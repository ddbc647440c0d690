using Bhiv.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Database;

/// <summary>Brings the database to the schema of this build before the server listens, and verifies what durability rests on.</summary>
internal sealed class DatabaseStart(
    IDbContextFactory<SqliteBhivDbContext> contexts, DatabaseOptions options, ILogger<DatabaseStart> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        DatabaseFile.Prepare(options);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await MigrateAsync(context, cancellationToken);
            await VerifyAsync(context, cancellationToken);
        }
        catch (SqliteException fault)
        {
            throw new StartRefusedException(
                $"BHIV_DATA: the database {options.FilePath} cannot be used ({fault.Message}) "
                + "Restore it from a backup, or name another directory.", fault);
        }
        logger.DatabaseReady(options.FilePath);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(SqliteBhivDbContext context, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToHashSet();
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.FirstOrDefault(migration => !known.Contains(migration)) is { } newer)
            throw new StartRefusedException(
                $"BHIV_DATA: the database {options.FilePath} was written by a newer build ({newer}). Run that build, or restore a backup.");
        if (known.Count == applied.Count()) return;

        using var alone = await WaitForMigrationLockAsync(cancellationToken);
        // Whoever holds the lock file is the only one migrating, so that a row in EF's lock table was left by a process that was
        // killed; EF itself would wait for it for ever.
        if (await context.Database.SqlQuery<int>(
                $"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken) > 0)
            await context.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>The operating system frees the lock when its process ends, however it ends.</summary>
    private async Task<FileStream> WaitForMigrationLockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return File.Open(options.FilePath + "-migrating", new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    Options = FileOptions.DeleteOnClose,
                });
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    /// <summary>A commit must be on the disk before it is answered: that is WAL with <c>synchronous=FULL</c> (2).</summary>
    private static async Task VerifyAsync(SqliteBhivDbContext context, CancellationToken cancellationToken)
    {
        var journal = await PragmaAsync(context, "journal_mode", cancellationToken);
        var synchronous = await PragmaAsync(context, "synchronous", cancellationToken);
        if (journal != "wal" || synchronous != "2")
            throw new StartRefusedException(
                $"BHIV_DATA: SQLite runs with journal_mode={journal}, synchronous={synchronous} where wal and 2 are needed. "
                + "Name a directory on a local file system.");
    }

    private static async Task<string> PragmaAsync(
        SqliteBhivDbContext context, string name, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The name is a literal of this file; a pragma takes no parameters.
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
